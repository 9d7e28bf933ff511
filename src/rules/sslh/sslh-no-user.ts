import { defineRule } from '../define-rule.ts';
import { isTrue, sslhConfig } from '../../servers/sslh/meaning/entries.ts';

export default defineRule({
  meta: {
    summary: 'The process keeps the rights of the user that started it',
    why: 'Ports below 1024 are opened as root, and then sslh handles bytes of unknown clients. With "user" it gives up root before that.',
    how: 'Set "user" to an account of its own, if neither the command line nor the service manager chooses the user.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://github.com/yrutschle/sslh/blob/master/example.cfg'],
  },
  messages: { noUser: 'The file sets no "user": sslh stays the user that started it, often root.' },
  check: (context) => ({
    start() {
      const { main } = sslhConfig(context);
      const listen = main.settings.get('listen');
      if (!listen || main.open || main.settings.has('user') || isTrue(main, 'inetd')) return;
      context.report({
        message: 'noUser',
        at: { file: main.block.file, start: listen.name.start, end: listen.name.end },
      });
    },
  }),
});
