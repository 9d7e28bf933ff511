/** A limit for bodies in a server that answers with redirects alone, while the server that reads them has a smaller one. */
import type { Route, VirtualHost } from '../../model/model.ts';
import { redirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { groupBy } from '../../text/group-by.ts';
import { isAuxiliary } from '../_shared/backends.ts';

/** For a virtual host that redirects all clients: the routes that read bodies in the others of its names. */
export function readersBehind(redirecting: VirtualHost, hosts: readonly VirtualHost[]): Route[] {
  if (!redirectsAll(redirecting)) return [];
  const named = hostsByName(hosts);
  const others = new Set(redirecting.names.flatMap(({ text }) => ofOneSite(named.get(text))));
  others.delete(redirecting);
  return [...others].flatMap((host) => (redirectsAll(host) ? [] : host.routes.filter(readsBodies)));
}

/** A name of very many is no name, such as "_". */
function ofOneSite(hosts: readonly VirtualHost[] = []): readonly VirtualHost[] {
  return hosts.length > 8 ? [] : hosts;
}

const indexes = new WeakMap<readonly VirtualHost[], ReadonlyMap<string, readonly VirtualHost[]>>();

function hostsByName(hosts: readonly VirtualHost[]): ReadonlyMap<string, readonly VirtualHost[]> {
  let index = indexes.get(hosts);
  if (!index) {
    const pairs = hosts.flatMap((host) => host.names.map(({ text }) => ({ text, host })));
    const groups = groupBy(pairs, ({ text }) => text);
    indexes.set(hosts, (index = new Map([...groups].map(([name, items]) => [name, items.map(({ host }) => host)]))));
  }
  return index;
}

function redirectsAll({ directive, routes }: VirtualHost): boolean {
  if (childrenNamed(directive?.block, 'return').some(redirectUrl)) return true;
  const own = routes.filter((route) => !isAuxiliary(route));
  return own.length > 0 && own.every(({ handler }) => handler.kind === 'redirect');
}

function readsBodies(route: Route): boolean {
  return route.handler.kind === 'proxy' && !route.preemptedBy && !route.internal && !isAuxiliary(route);
}
