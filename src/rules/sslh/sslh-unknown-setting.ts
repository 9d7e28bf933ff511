import {
  canonicalSetting,
  describeRanges,
  effectiveVersion,
  existsIn,
  requiredSettings,
  settingForms,
  settingNames,
  type SslhScope,
} from '../../servers/sslh/facts/index.ts';
import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { suggest } from '../../text/suggest.ts';
import { formatVersion, isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { openerOf, sslhConfig, type Group } from '../../servers/sslh/meaning/entries.ts';
import { placeNames, typeNames, isPortNumber, numberFor, hasType } from './_setting-types.ts';

export default defineRule({
  meta: {
    summary: 'A setting that sslh does not know, of a wrong type, or missing though required',
    why: 'A setting that sslh does not know, or that has another type, is ignored by 1.20 and older; newer ones name it on standard error and go on with the default. Without a required setting sslh does not start.',
    how: 'Use the names and types that the message lists.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://github.com/yrutschle/sslh/blob/master/doc/config.md',
      'https://github.com/yrutschle/sslh/blob/master/example.cfg',
    ],
  },
  messages: {
    unknown: 'There is no setting "{{name}}" {{place}}{{hint}}.',
    version: 'The setting "{{name}}" has no effect in sslh {{target}}: it exists {{range}}.',
    type: 'The setting "{{name}}" must be {{expected}}; sslh takes the default instead.',
    newType: 'Since sslh {{since}} the setting "{{name}}" must be {{expected}}; sslh takes the default instead.',
    requiredType: 'The setting "{{name}}" must be {{expected}}; without it sslh does not start.',
    missing: 'This entry of "{{list}}" lacks {{names}}.',
    noGroup: 'An entry of "{{list}}" must be a group: {{form}}.',
  },
  check: (context) => {
    const version = effectiveVersion(context.targets.sslh);
    const { report } = context;

    function checkGroup(group: Group): void {
      for (const setting of children(group.block))
        if (setting.key && setting.key !== '@include') checkSetting(setting, group.scope);
      if (group.scope === 'main' || group.open) return;
      const missing = requiredSettings(group.scope).filter((name) => !group.settings.has(name));
      if (missing.length === 0) return;
      const names = missing.map((name) => `"${name}"`).join(' and ');
      report({ message: 'missing', at: openerOf(group), data: { list: group.scope, names }, severity: 'error' });
    }

    function checkSetting(setting: Directive, scope: SslhScope): void {
      const name = setting.key;
      const at = { file: setting.parent.file, start: setting.name.start, end: setting.name.end };
      const forms = settingForms(scope, name);
      // Only since 1.21 are "-" and "_" the same.
      const spelling = canonicalSetting(scope, name);
      const isMisspelled = spelling !== name && isBefore(version, '1.21');
      if (forms.length === 0 || isMisspelled) {
        const nearest = isMisspelled ? spelling : suggest(name, settingNames(scope, version));
        const hint = nearest === undefined ? '' : `, did you mean "${nearest}"`;
        report({ message: 'unknown', at, data: { name, place: placeNames[scope], hint } });
        return;
      }
      const form = forms.find((known) => existsIn(known, version));
      if (!form) {
        const range = describeRanges(forms);
        report({ message: 'version', at, data: { name, target: formatVersion(version), range } });
      } else if (!hasType(setting, form.type) && !isPortNumber(setting)) {
        const older = context.targets.sslh === undefined && forms.some((known) => hasType(setting, known.type));
        const data = { name, expected: typeNames[form.type] };
        const fix = numberFor(setting, form.type);
        if (form.required || form.type === 'list') report({ message: 'requiredType', at, data, severity: 'error' });
        else if (older) {
          const { since = '1.0' } = forms.find(({ type }) => type === form.type)!;
          report({ message: 'newType', at, data: { ...data, since }, severity: 'info', confidence: 'medium', ...fix });
        } else report({ message: 'type', at, data, ...fix });
      }
    }

    return {
      start() {
        const { main, listen, protocols } = sslhConfig(context);
        for (const group of [main, ...listen, ...protocols]) checkGroup(group);
        for (const list of ['listen', 'protocols'] as const) {
          const block = main.settings.get(list)?.block;
          if (block?.kind !== 'list') continue;
          for (const element of children(block)) {
            if (element.key !== '' || element.block?.kind === 'group') continue;
            const form =
              list === 'listen' ? '{ host: "..."; port: "..."; }' : '{ name: "..."; host: "..."; port: "..."; }';
            report({ message: 'noGroup', at: element, data: { list, form }, severity: 'error' });
          }
        }
      },
    };
  },
});
