import { defineRule } from '../define-rule.ts';
import { sslhConfig, stringIn } from '../../servers/sslh/meaning/entries.ts';
import { byTransport, isCatchAll } from '../../servers/sslh/meaning/matching.ts';

export default defineRule({
  meta: {
    summary: 'The last entry also gets what no probe recognises',
    why: 'When no probe matches, sslh hands the connection to the last entry of "protocols", whatever its name is.',
    how: 'End the list with an "anyprot" entry, so that the target of unknown traffic is chosen and can be seen.',
    severity: 'info',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  messages: { fallthrough: 'Traffic that no probe recognises goes to this "{{name}}" entry, because it is the last.' },
  check: (context) => ({
    start() {
      const config = sslhConfig(context);
      if (config.main.open || config.incomplete) return;
      for (const entries of byTransport(config, context.targets.sslh)) {
        const last = entries.at(-1);
        const name = last && stringIn(last, 'name');
        // With a single entry there is no choice to make.
        if (name === undefined || entries.length === 1 || isCatchAll(last!)) continue;
        context.report({ message: 'fallthrough', at: last!.settings.get('name')!, data: { name } });
      }
    },
  }),
});
