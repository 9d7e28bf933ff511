import { effectiveVersion } from '../../servers/sslh/facts/index.ts';
import { placeIn } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { sslhConfig, stringIn, stringsIn } from '../../servers/sslh/meaning/entries.ts';
import { probeOf } from '../../servers/sslh/meaning/matching.ts';

const owners = [
  ['sni_hostnames', 'tls'],
  ['alpn_protocols', 'tls'],
  ['regex_patterns', 'regex'],
] as const;

export default defineRule({
  meta: {
    summary: 'A setting of the tls or regex probe in an entry of another probe',
    why: 'Only the tls probe reads host names and ALPN, only the regex probe reads patterns. The setting is ignored, so the entry takes more than it should, or, for host names and ALPN since 2.0, sslh stops.',
    how: 'Name the entry "tls" or "regex", or remove the setting.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  messages: {
    wrongProbe:
      'The setting "{{setting}}" belongs to the probe "{{probe}}" only, this entry is of the probe "{{name}}".',
  },
  check: (context) => ({
    start() {
      const ignored = isBefore(effectiveVersion(context.targets.sslh), '2.0');
      for (const entry of sslhConfig(context).protocols) {
        const name = stringIn(entry, 'name');
        if (name === undefined) continue;
        for (const [setting, probe] of owners) {
          if (probeOf(entry) === probe || stringsIn(entry, setting).length === 0) continue;
          const written = entry.settings.get(setting)!;
          context.report({
            message: 'wrongProbe',
            at: placeIn(written, written.name),
            data: { setting, probe, name },
            ...((ignored || probe === 'regex') && { severity: 'warning' }),
          });
        }
      }
    },
  }),
});
