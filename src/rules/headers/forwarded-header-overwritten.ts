import { unknown, type Listener, type Model, type VirtualHost } from '../../model/model.ts';
import { proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import type { Directive } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';
import { confidenceIn, headerIn, isAt, nameOf, pairsOf, type Pair } from '../_shared/chains.ts';
import { defineRule, type At } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: "A proxy behind another one overwrites what that one says of the client's request",
    why: 'The TLS of the client ends at the proxy in front, so the scheme of this connection is always http. Set as X-Forwarded-Proto it overwrites what the proxy in front said: the backend makes http:// links, or redirects to https for ever. The same holds for the host and the port that the client asked for.',
    how: 'Pass on what came, or the own scheme where nothing did. nginx: "map $http_x_forwarded_proto $proto { default $scheme; https https; }" and "proxy_set_header X-Forwarded-Proto $proto;". Apache: "RequestHeader setifempty X-Forwarded-Proto http".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-Proto',
      'https://nginx.org/en/docs/http/ngx_http_map_module.html',
    ],
  },
  messages: {
    ownProxy: 'This overwrites the "https" that another server of this config sends here: the backend is told "http".',
    overwritten: '"{{header}}" becomes "{{value}}" here and overwrites "{{sent}}", which {{front}} in front says.',
    behindProxy:
      'This server stands behind a proxy, as "{{sign}}" says: if that one speaks HTTPS with clients, the backend is told "http" all the same.',
  },
  check({ config, dialect, model, topology, report }) {
    let fronts: ReadonlyMap<number, ProxyRoute> | undefined;
    const told = new Set<unknown>();
    /** What chains show, by the place; and where it was told in other words. */
    const overwritten = new Map<string, { readonly place: Place; readonly say: () => void }>();
    const toldAt: Directive[] = [];

    function checkPair({ front, back }: Pair): void {
      const [sent, received] = [front.trace.outcome, back.trace.outcome];
      if (back.member.config !== config || sent.kind !== 'proxy' || received.kind !== 'proxy') return;
      for (const name of aboutRequest) {
        const [before, now] = [headerIn(sent, name), headerIn(received, name)];
        if (before?.value === undefined || now?.value === undefined || typeof now.origin === 'string') continue;
        const { origin, value } = now;
        const key = `${origin.file.path}:${origin.start}`;
        if (overwritten.has(key) || !differs(before.value, value)) continue;
        const related = typeof before.origin === 'string' ? [] : [{ at: before.origin, message: 'said here' }];
        const say = (): void =>
          report({
            message: 'overwritten',
            at: origin,
            confidence: confidenceIn(topology, { front, back }),
            data: { header: now.name, value, sent: before.value!, front: nameOf(front, back) },
            related,
          });
        overwritten.set(key, { place: origin, say });
      }
    }

    return {
      start() {
        if (topology.links.length > 0) for (const pair of pairsOf(topology)) checkPair(pair);
      },
      virtualHost(host) {
        if (!isPlain(host)) return;
        for (const route of host.routes) {
          const proxied = proxyRoute(route);
          const op = proxied?.backend.headers.get('x-forwarded-proto');
          if (!proxied || !op || op.origin === 'default' || op.action !== 'set' || told.has(op.origin)) continue;
          if (typeof op.value !== 'string' || !ownScheme.test(op.value)) continue;
          told.add(op.origin);
          fronts ??= frontsByPort(model);
          const front = frontOf(fronts, host);
          const sign = route.scope.effective(dialect === 'nginx' ? 'real_ip_header' : 'remoteipheader').at(-1);
          const related = (at: At, message: string): readonly { at: At; message: string }[] => [{ at, message }];
          if (front) {
            toldAt.push(op.origin);
            report({
              message: 'ownProxy',
              at: op.origin,
              related: related(front.handler.directive, 'sends requests here'),
            });
          } else if (
            ![...overwritten.values()].some(({ place }) => isAt(place, op.origin as Directive)) &&
            sign &&
            !/^proxy_protocol$/i.test(sign.args[0]?.value ?? '')
          )
            report({
              message: 'behindProxy',
              at: op.origin,
              data: { sign: sign.name.value },
              severity: 'info',
              confidence: 'medium',
              related: related(sign, 'the proxy in front is believed here'),
            });
        }
      },
      end() {
        for (const { place, say } of overwritten.values()) if (!toldAt.some((at) => isAt(place, at))) say();
      },
    };
  },
});

/** Headers that say how the client asked. */
const aboutRequest = [
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-ssl',
  'x-forwarded-scheme',
  'x-scheme',
];

/** A port beside the name, or a list that still begins with it, is no other value. */
function differs(sent: string, now: string): boolean {
  const [before, after] = [sent, now].map((value) => value.toLowerCase());
  return (
    after !== before &&
    !after!.startsWith(`${before}:`) &&
    !after!.startsWith(`${before},`) &&
    !before!.startsWith(`${after}:`)
  );
}

/** The scheme of the connection, or its name. */
const ownScheme = /^(?:\$scheme|\$\{scheme\}|http|(?:expr=)?%\{REQUEST_SCHEME\})$/i;

/** Over TLS the own scheme is right. */
function isPlain({ overTls, listeners, tls }: VirtualHost): boolean {
  return overTls === false || (overTls === unknown && tls.enabled === false && listeners.every((each) => !each.tls));
}

/** The first route of each port that takes requests over TLS, tells their scheme, and goes to this machine. */
function frontsByPort({ virtualHosts }: Model): ReadonlyMap<number, ProxyRoute> {
  const fronts = new Map<number, ProxyRoute>();
  for (const { overTls, routes } of virtualHosts) {
    if (overTls !== true) continue;
    for (const route of routes) {
      const proxied = proxyRoute(route, ['http']);
      const { port, host: name } = proxied?.handler.target ?? {};
      if (!proxied || typeof port !== 'number' || typeof name !== 'string' || fronts.has(port)) continue;
      if (isLoopback(name) && tellsScheme(proxied)) fronts.set(port, proxied);
    }
  }
  return fronts;
}

function frontOf(fronts: ReadonlyMap<number, ProxyRoute>, host: VirtualHost): ProxyRoute | undefined {
  for (const listener of host.listeners) {
    const front = typeof listener.port === 'number' ? fronts.get(listener.port) : undefined;
    if (front && answersAlone(listener, host)) return front;
  }
  return undefined;
}

function tellsScheme({ backend }: ProxyRoute): boolean {
  const op = backend.headers.get('x-forwarded-proto');
  return (
    op?.action === 'set' &&
    typeof op.value === 'string' &&
    /^(?:\$\{?scheme\}?|https|(?:expr=)?%\{REQUEST_SCHEME\})$/i.test(op.value)
  );
}

/** Of several servers on an address the name decides, which is not looked at. */
function answersAlone({ address, virtualHosts }: Listener, host: VirtualHost): boolean {
  return (address === '*' || isLoopback(address)) && virtualHosts.every((each) => each === host);
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || /^127(?:\.\d+){3}$/.test(name) || name === '[::1]';
}
