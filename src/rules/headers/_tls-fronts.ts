/** Servers of a config that take requests over TLS and hand them to another port of this machine. */
import { isLoopbackHost } from '../../model/network.ts';
import type { Listener, Model, VirtualHost } from '../../model/model.ts';
import { proxyRoute, type ProxyRoute } from '../_shared/backends.ts';

/** The first route of each port that takes requests over TLS, tells their scheme, and goes to this machine. */
export function frontsByPort({ virtualHosts }: Model): ReadonlyMap<number, ProxyRoute> {
  const fronts = new Map<number, ProxyRoute>();
  for (const { overTls, routes } of virtualHosts) {
    if (overTls !== true) continue;
    for (const route of routes) {
      const proxied = proxyRoute(route, ['http']);
      const { port, host: name } = proxied?.handler.target ?? {};
      if (!proxied || typeof port !== 'number' || typeof name !== 'string' || fronts.has(port)) continue;
      if (isLoopbackHost(name) && tellsScheme(proxied)) fronts.set(port, proxied);
    }
  }
  return fronts;
}

export function frontOf(fronts: ReadonlyMap<number, ProxyRoute>, host: VirtualHost): ProxyRoute | undefined {
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
  return (address === '*' || isLoopbackHost(address)) && virtualHosts.every((each) => each === host);
}
