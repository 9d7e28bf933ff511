import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { isTrue, sslhConfig } from '../../servers/sslh/meaning/entries.ts';

export default defineRule({
  meta: {
    summary: 'No address to listen on, or no protocol to serve',
    why: 'Without an entry of "listen" sslh stops with "No listening address specified", without one of "protocols" with "At least one target protocol must be specified", unless the command line gives one. Only from inetd it needs no address.',
    how: 'Give both lists at least one entry.',
    severity: 'error',
    confidence: 'medium',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  messages: {
    missing: 'The file has "{{present}}" but no "{{absent}}", without which sslh does not start.',
    empty: 'The list "{{name}}" is empty, so sslh does not start.',
  },
  check: (context) => ({
    start() {
      const { main } = sslhConfig(context);
      if (main.open) return;
      const { file } = main.block;
      const lists = ['listen', 'protocols'] as const;
      for (const [index, name] of lists.entries()) {
        const present = lists[1 - index]!;
        const list = main.settings.get(name);
        const other = main.settings.get(present);
        if (name === 'listen' && isTrue(main, 'inetd')) continue;
        if (list && isEmpty(list)) {
          context.report({ message: 'empty', at: { file, start: list.start, end: list.block!.end }, data: { name } });
        } else if (!list && other && file.outer?.kind !== 'document') {
          const at = { file, start: other.name.start, end: other.name.end };
          context.report({ message: 'missing', at, data: { present, absent: name } });
        }
      }
    },
  }),
});

function isEmpty({ block }: Directive): boolean {
  return block?.close !== undefined && children(block).length === 0;
}
