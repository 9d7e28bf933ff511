import {
  describeRanges,
  effectiveVersion,
  existsIn,
  findProbe,
  meantProbe,
  probeNames,
} from '../../servers/sslh/facts/index.ts';
import { suggest } from '../../text/suggest.ts';
import { formatVersion, isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { sslhConfig, stringOf } from '../../servers/sslh/meaning/entries.ts';

export default defineRule({
  meta: {
    summary: 'The name of an entry of "protocols" is no probe of sslh',
    why: 'The name chooses the probe that recognises the protocol. sslh stops with "probe unknown" at any other name.',
    how: 'Use a name of the list in the message; "regex" with "regex_patterns" recognises anything else.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: [
      'https://github.com/yrutschle/sslh/blob/master/doc/config.md',
      'https://github.com/yrutschle/sslh/blob/master/ChangeLog',
    ],
  },
  messages: {
    unknown: 'The probe "{{name}}" does not exist{{hint}}. Known are {{known}}.',
    version: 'The probe "{{name}}" is not in sslh {{target}}: it exists {{range}}.',
    renamed: 'The probe "ssl" is named "tls"; sslh refuses the old name since 1.21.',
  },
  check: (context) => {
    const version = effectiveVersion(context.targets.sslh);
    return {
      start() {
        for (const { settings, block } of sslhConfig(context).protocols) {
          const setting = settings.get('name');
          const name = stringOf(setting);
          if (!setting || name === undefined) continue;
          const at = { file: block.file, start: setting.args[0]!.start, end: setting.args.at(-1)!.end };
          const probe = findProbe(name);
          if (name === 'ssl') {
            context.report({
              message: 'renamed',
              at,
              ...(isBefore(version, '1.21') && { severity: 'warning' }),
              fix: { title: 'Use the new name', edits: [{ place: at, text: '"tls"' }] },
            });
          } else if (!probe) {
            const known = probeNames(version);
            const nearest = meantProbe(name) ?? suggest(name, known);
            const hint = nearest === undefined ? '' : `, did you mean "${nearest}"`;
            context.report({ message: 'unknown', at, data: { name, hint, known: known.join(', ') } });
          } else if (!existsIn(probe, version)) {
            context.report({
              message: 'version',
              at,
              data: { name, target: formatVersion(version), range: describeRanges([probe]) },
            });
          }
        }
      },
    };
  },
});
