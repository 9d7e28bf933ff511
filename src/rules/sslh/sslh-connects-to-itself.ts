import { defineRule } from '../define-rule.ts';
import { isTrue, sslhConfig, stringIn, type Group } from '../../servers/sslh/meaning/entries.ts';
import { isLoopbackHost } from '../../model/network.ts';

export default defineRule({
  meta: {
    summary: 'An entry of "protocols" that leads to the address on which sslh itself listens',
    why: 'sslh accepts its own connection, recognises the same protocol in it and connects to itself again, until no file descriptor is left.',
    how: 'Let the server behind it listen on another port or address, and name that one.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  messages: {
    loop: 'This entry leads to {{address}}, where sslh itself listens: it connects to itself without end.',
    wildcard:
      'This entry leads to {{address}}, which belongs to "{{host}}" as well: on Linux no other server can listen there, and sslh connects to itself.',
  },
  check: (context) => ({
    start() {
      const { listen, protocols } = sslhConfig(context);
      for (const entry of protocols) {
        const own = listen.find((address) => takesConnectionsOf(address, entry));
        if (!own) continue;
        const host = stringIn(own, 'host')!;
        const address = `${stringIn(entry, 'host')!}:${stringIn(entry, 'port')!}`;
        const common = {
          at: entry.settings.get('host')!,
          related: [{ at: own.settings.get('host')!, message: 'sslh listens here' }],
        };
        // Other systems let a server bind the narrower address beside it.
        if (host !== stringIn(entry, 'host'))
          context.report({ ...common, message: 'wildcard', severity: 'warning', data: { address, host } });
        else context.report({ ...common, message: 'loop', data: { address } });
      }
    },
  }),
});

function takesConnectionsOf(address: Group, entry: Group): boolean {
  const [host, port] = [stringIn(address, 'host'), stringIn(address, 'port')];
  const target = stringIn(entry, 'host');
  if (host === undefined || target === undefined || port === undefined || port !== stringIn(entry, 'port'))
    return false;
  if (isTrue(address, 'is_udp') !== isTrue(entry, 'is_udp') || isTrue(address, 'is_unix') || isTrue(entry, 'is_unix'))
    return false;
  return host === target || coversLoopback(host, target);
}

/** A socket for every address takes what goes to a loopback address, too. */
function coversLoopback(host: string, target: string): boolean {
  if (host === '0.0.0.0') return target.includes(':') ? false : isLoopbackHost(target);
  return /^\[?::\]?$/.test(host) && /^\[?::1\]?$/.test(target);
}
