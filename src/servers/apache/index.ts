import type { Server } from '../server.ts';
import { directivesByKey } from '../../syntax/walk.ts';
import { apacheIncludes } from './includes.ts';
import { isApacheLine, marksForApache } from './detect.ts';
import { isForeignToApache } from './foreign.ts';
import { inferApacheLevel, isInnerApache, isUnreadByApache, isWholeApache } from './level.ts';
import { holdsParameter } from './meaning/macro-body.ts';
import { UndecidedConditions } from './meaning/undecided.ts';
import { lowerApache } from './model/index.ts';
import { apacheRefusals } from './refusals/index.ts';
import { openAddress } from './open-address.ts';
import { apacheVariations } from './variations/index.ts';

export const apache: Server = {
  dialect: 'apache',
  names: {
    own: ['httpd.conf', 'apache2.conf'],
    main: ['apache2.conf', 'httpd.conf'],
    part: /apache|httpd|vhost|^\.htaccess|^htaccess$/,
    folder: /(?:^|\/)(?:apache2?|httpd)(?=[-_./])[^/]*\//,
  },
  detection: {
    marks: ({ lines }) => marksForApache(lines),
    tolerance: 0.5,
    isLine: (line) => /^[<A-Za-z]/.test(line) && isApacheLine(line),
  },
  loadParser: async () => (await import('../../parsers/apache/parse.ts')).parseApache,
  inferLevel: inferApacheLevel,
  isWhole: isWholeApache,
  isUnread: isUnreadByApache,
  isInner: isInnerApache,
  isMainConfig: () => false,
  includes: apacheIncludes,
  isForeign: isForeignToApache,
  refusals: apacheRefusals,
  lower: lowerApache,
  undecided(config, targets) {
    const conditions = new UndecidedConditions(config, targets);
    return (place) => conditions.around(place);
  },
  variations: apacheVariations,
  openAddress,
  isFilledIn: (config, place) =>
    holdsParameter(directivesByKey(config.file.root).get('macro') ?? [], place.file, place),
  loadSettingForms: async () => (await import('./setting-forms.ts')).apacheSettingForms,
  loadTracer: async () => {
    const { traceApache } = await import('./trace/trace.ts');
    return ({ config, targets }, request, files) => traceApache(config, targets, request, files);
  },
};
