import type { Server } from '../server.ts';
import { nginxIncludes } from './includes.ts';
import { isNginxLine, marksForNginx } from './detect/detect.ts';
import { isForeignToNginx } from './detect/foreign.ts';
import { inferNginxLevel, isInnerNginx, isUnreadByNginx, isWholeNginx } from './level.ts';
import { lowerNginx } from './model/index.ts';
import { nginxRefusals } from './refusals/index.ts';
import { nginxRelays } from './relays.ts';
import { nginxVariations } from './variations.ts';

export const nginx: Server = {
  dialect: 'nginx',
  names: {
    own: ['nginx.conf', 'mime.types', 'fastcgi_params', 'fastcgi.conf', 'uwsgi_params', 'scgi_params', 'proxy_params'],
    main: ['nginx.conf'],
    part: /nginx|openresty/,
    folder: /(?:^|\/)(?:nginx|openresty)(?=[-_./])[^/]*\//,
  },
  detection: {
    marks: ({ text }) => marksForNginx(text),
    tolerance: 0.5,
    isLine: (line) => /[;{}]\s*(?:#|$)/.test(line) && isNginxLine(line),
  },
  loadParser: async () => (await import('../../parsers/nginx/parse.ts')).parseNginx,
  inferLevel: inferNginxLevel,
  isWhole: isWholeNginx,
  isUnread: isUnreadByNginx,
  isInner: isInnerNginx,
  isMainConfig: ({ root }) => root.directives.some(({ key }) => key === 'http' || key === 'events'),
  includes: nginxIncludes,
  isForeign: isForeignToNginx,
  refusals: nginxRefusals,
  lower: (config, targets) => lowerNginx(config, targets.nginx),
  relays: nginxRelays,
  variations: nginxVariations,
  loadSettingForms: async () => (await import('./setting-forms.ts')).nginxSettingForms,
  loadTracer: async () => {
    const { traceNginx } = await import('./trace/trace.ts');
    return ({ config, model, targets }, request, files) => traceNginx(config, model, targets, request, files);
  },
};
