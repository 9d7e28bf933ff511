import { tracedHeader } from '../../model/headers.ts';
import type { Place } from '../../text/source.ts';
import { anyClient } from '../../requests/request-to.ts';
import { confidenceIn, nameOf, pairsOf, type Pair } from '../_shared/chains.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Behind two proxies the backend is told the address of a proxy instead of that of the client',
    why: 'Logs, limits and bans of the application see one and the same client: the server in front.',
    how: {
      nginx:
        'Pass on what came ("proxy_set_header X-Real-IP $http_x_real_ip;"), or let nginx believe the server in front: "set_real_ip_from 127.0.0.1;" with "real_ip_header X-Forwarded-For;", or "real_ip_header proxy_protocol;".',
      apache:
        'Let httpd believe the server in front: "RemoteIPHeader X-Forwarded-For" with "RemoteIPInternalProxy 127.0.0.1".',
      sslh: 'Send the PROXY protocol ("proxyprotocol: 2", since 2.2) to a listener that expects it, or switch "transparent" on.',
    },
    whenOff: 'Where the backend neither logs, limits nor admits by address.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_realip_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html',
      'https://github.com/yrutschle/sslh/blob/master/doc/proxyprotocol.md',
    ],
  },
  messages: {
    overwritten: '"{{header}}" tells the address of {{front}}, the server in front, which has told that of the client.',
    untold:
      'The server behind is not told who the client is: its backend gets the address of this server as "{{header}}".',
  },
  check({ config, topology, report }) {
    const told = new Set<string>();

    function isNew({ file, start }: Place): boolean {
      const key = `${file.path}:${start}`;
      if (told.has(key)) return false;
      told.add(key);
      return true;
    }

    function checkPair(pair: Pair): void {
      const { front, back } = pair;
      const sent = front.trace.outcome;
      const received = back.trace.outcome;
      const proxy = back.trace.request.from;
      if (received.kind !== 'proxy' || received.httpVersion === '' || proxy === undefined) return;
      const wrong = aboutClient.flatMap((name) => {
        const header = tracedHeader(received.headers, name);
        return header?.value === proxy ? header : [];
      });
      const [header] = wrong;
      if (!header) return;
      if (sent.kind === 'proxy' && back.member.config === config) {
        // What the server in front says by itself is known to be about the client.
        const isTold = aboutClient.some((name) =>
          tracedHeader(sent.headers, name)?.value?.split(/[ ,]+/).includes(anyClient),
        );
        for (const { name, origin } of wrong)
          if (isTold && typeof origin !== 'string' && isNew(origin))
            report({
              message: 'overwritten',
              at: origin,
              confidence: confidenceIn(topology, pair),
              data: { header: name, front: nameOf(front, back) },
            });
      }
      const hidesClient = sent.kind === 'tunnel' && sent.proxyProtocol === undefined && !sent.transparent;
      const place = hidesClient && front.member.config === config ? front.trace.location?.place : undefined;
      if (place && isNew(place))
        report({
          message: 'untold',
          at: place,
          severity: 'info',
          confidence: confidenceIn(topology, pair),
          data: { header: header.name },
          related: typeof header.origin === 'string' ? [] : [{ at: header.origin, message: 'is set here' }],
        });
    }

    return {
      end() {
        if (topology.links.length > 0) for (const pair of pairsOf(topology)) checkPair(pair);
      },
    };
  },
});

const aboutClient = ['x-forwarded-for', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'x-forwarded'];
