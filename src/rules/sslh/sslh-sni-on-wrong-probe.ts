import { effectiveVersion } from '../../facts/sslh/index.ts';
import { isBefore } from '../../versions.ts';
import { defineRule } from '../define-rule.ts';
import { sslhConfig, stringIn, stringsIn } from './_entries.ts';
import { probeOf } from './_matching.ts';

export default defineRule({
  meta: {
    summary: 'A setting of the tls probe in an entry of another probe',
    why: 'Only the tls probe reads host names and ALPN. sslh stops since 2.0; older versions ignore the setting, so the entry takes more than it should.',
    how: 'Name the entry "tls", or remove the setting.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  messages: {
    wrongProbe: 'The setting "{{setting}}" belongs to the probe "tls" only, this entry is of the probe "{{name}}".',
  },
  check: (context) => ({
    start() {
      const ignored = isBefore(effectiveVersion(context.targets.sslh), '2.0');
      for (const entry of sslhConfig(context).protocols) {
        const name = stringIn(entry, 'name');
        if (name === undefined || probeOf(entry) === 'tls') continue;
        for (const setting of ['sni_hostnames', 'alpn_protocols']) {
          if (stringsIn(entry, setting).length === 0) continue;
          const written = entry.settings.get(setting)!;
          context.report({
            message: 'wrongProbe',
            at: { file: written.parent.file, start: written.name.start, end: written.name.end },
            data: { setting, name },
            ...(ignored && { severity: 'warning' }),
          });
        }
      }
    },
  }),
});
