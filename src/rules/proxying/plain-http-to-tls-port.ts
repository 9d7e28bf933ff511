import type { Route } from '../../model/model.ts';
import { mayBeTls } from '../../model/scheme.ts';
import { placeIn, type Word } from '../../syntax/tree.ts';
import { sslhConfig, stringIn } from '../../servers/sslh/meaning/entries.ts';
import { probeOf } from '../../servers/sslh/meaning/matching.ts';
import { destinationsOf, ownListeners, type Destination } from '../../model/destinations.ts';
import { nginxTls, apacheTls, nginxPass, apachePass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';

/** A backend that is spoken to over TLS by its scheme, may be by a variable, or should be by its port. */
const tlsAddress = new RegExp(`${mayBeTls.source}|(?<!\\d)(?:443|8443|9443)(?!\\d)`, 'i');

export default defineRule({
  meta: {
    summary: 'A backend is spoken to in plain HTTP on a port for TLS, or the other way round',
    why: 'The backend answers "400 The plain HTTP request was sent to HTTPS port" or closes the connection; a TLS handshake with a plain port fails, and the client gets 502.',
    how: 'Write the scheme that the port speaks: "https://" for 443, or the port of the plain service. nginx takes port 80 for a server of an upstream without a port, whatever the scheme.',
    whenOff: 'Where the port speaks something else than its number says.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      nginx: [...nginxTls, nginxPass(tlsAddress), { server: tlsAddress }],
      apache: [...apacheTls, apachePass(tlsAddress)],
    },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
      'https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml',
    ],
  },
  messages: {
    plain: 'Plain {{scheme}} goes to port {{port}} of "{{host}}", which speaks TLS.',
    encrypted: 'TLS ({{scheme}}) goes to port {{port}} of "{{host}}", which speaks plain HTTP.',
    probe: 'Connections of the probe "{{probe}}" go to port {{port}}, which is for {{other}}.',
  },
  check(context) {
    const { dialect, model, report } = context;
    const said = new Set<Word>();

    function check({ handler, preemptedBy }: Route): void {
      if (handler.kind !== 'proxy' || preemptedBy || !schemes.has(handler.protocol)) return;
      for (const destination of destinationsOf(handler)) {
        const { tls, host, port, scheme, directive, word } = destination;
        const spoken = spokenOn(destination);
        if (!spoken || spoken.tls === tls || said.has(word)) continue;
        said.add(word);
        const passes = directive === handler.directive ? [] : [handler.directive];
        report({
          message: tls ? 'encrypted' : 'plain',
          at: placeIn(directive, word),
          confidence: spoken.confidence,
          data: { scheme, host, port },
          related: [
            ...passes.map((at) => ({ at, message: 'sends the requests' })),
            ...spoken.by.map((at) => ({ at, message: 'listens there' })),
          ],
        });
      }
    }

    /** What listens in this config decides, else the number of the port. */
    function spokenOn({ host, port }: Destination): ReturnType<typeof byNumber> {
      const own = ownListeners(model, host, port);
      if (own.length === 0) return byNumber(port);
      const tls = own[0]!.tls;
      if (own.some((listener) => listener.tls !== tls || listener.proxyProtocol)) return undefined;
      return { tls, confidence: 'high', by: own.flatMap(({ directives }) => directives.slice(0, 1)) };
    }

    function checkSslh(): void {
      for (const entry of sslhConfig(context).protocols) {
        const probe = probeOf(entry);
        const setting = entry.settings.get('port');
        const port = stringIn(entry, 'port')?.toLowerCase();
        const other = probe === 'http' ? 'TLS' : 'plain HTTP';
        const isSwapped =
          (probe === 'http' && (port === '443' || port === 'https')) ||
          (probe === 'tls' && (port === '80' || port === 'http'));
        if (setting && port !== undefined && probe !== undefined && isSwapped)
          report({ message: 'probe', at: setting, data: { probe, port, other } });
      }
    }

    return dialect === 'sslh' ? { start: checkSslh } : { route: check };
  },
});

const schemes: ReadonlySet<string> = new Set(['http', 'websocket', 'grpc']);

interface Spoken {
  readonly tls: boolean;
  readonly confidence: 'high' | 'medium';
  readonly by: readonly Route['directive'][];
}

/** By assignment, and by the habit of many products. Services that are not for browsers listen in plain on any other port. */
function byNumber(port: number): Spoken | undefined {
  if (port === 443) return { tls: true, confidence: 'high', by: [] };
  if (port === 80) return { tls: false, confidence: 'high', by: [] };
  return port === 8443 || port === 9443 ? { tls: true, confidence: 'medium', by: [] } : undefined;
}
