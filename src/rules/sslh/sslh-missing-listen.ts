import { children } from '../../ir/walk.ts';
import { defineRule } from '../define-rule.ts';
import { isTrue, sslhConfig } from './_entries.ts';

export default defineRule({
  meta: {
    summary: 'No address to listen on',
    why: 'Without an entry of "listen" sslh stops with "No listening address specified", unless it gets one on the command line or runs from inetd.',
    how: 'Add "listen" with at least one entry, or remove the setting that names none.',
    severity: 'error',
    confidence: 'medium',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  messages: {
    missing: 'The file has "protocols" but no "listen": sslh has no address to listen on.',
    empty: 'The list "listen" is empty: sslh has no address to listen on.',
  },
  check: (context) => ({
    start() {
      const { main } = sslhConfig(context);
      const protocols = main.settings.get('protocols');
      const listen = main.settings.get('listen');
      if (!protocols || main.open || isTrue(main, 'inetd')) return;
      if (!listen) {
        const { file } = main.block;
        context.report({ message: 'missing', at: { file, start: protocols.name.start, end: protocols.name.end } });
      } else if (listen.block && children(listen.block).length === 0) {
        context.report({
          message: 'empty',
          at: { file: main.block.file, start: listen.name.start, end: listen.block.end },
        });
      }
    },
  }),
});
