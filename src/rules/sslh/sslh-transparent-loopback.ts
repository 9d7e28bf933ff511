import { defineRule } from '../define-rule.ts';
import { isTrue, sslhConfig, stringIn } from '../../servers/sslh/meaning/entries.ts';
import { isLoopbackHost } from '../../model/network.ts';

export default defineRule({
  meta: {
    summary: 'Transparent proxying to a loopback address',
    why: 'With "transparent" the backend sees the address of the client and answers to it. From a loopback address that answer leaves only with routing rules made for it.',
    how: 'Set up the routing that the guide describes, or connect to a backend on another address.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/tproxy.md'],
  },
  messages: {
    loopback:
      'The backend "{{host}}" is a loopback address; with "transparent" its answers need routing rules of their own.',
  },
  check: (context) => ({
    start() {
      const { main, protocols } = sslhConfig(context);
      for (const entry of protocols) {
        const host = stringIn(entry, 'host');
        const transparent = isTrue(main, 'transparent') || isTrue(entry, 'transparent');
        if (host === undefined || !transparent || !isLoopbackHost(host)) continue;
        context.report({ message: 'loopback', at: entry.settings.get('host')!, data: { host } });
      }
    },
  }),
});
