/** Backends that are not told something about the client's request, for the rules about what a proxy hands on. */
import type { Route, Scope, VirtualHost } from '../../model/model.ts';
import { isAuxiliary, isForeign, isStaticPath, proxyRoute, type ProxyRoute } from '../_shared/backends.ts';

/** Proxied routes of a host that hand on none of the headers, by the level whose list they share: one line there mends them all. */
export function untoldGroups(host: VirtualHost, tells: (route: ProxyRoute) => boolean): Iterable<ProxyRoute[]> {
  const bySource = new Map<Scope | undefined, ProxyRoute[]>();
  for (const route of host.routes) {
    const proxied = untold(route, tells);
    if (!proxied) continue;
    const group = bySource.get(proxied.backend.setBy);
    if (group) group.push(proxied);
    else bySource.set(proxied.backend.setBy, [proxied]);
  }
  return bySource.values();
}

function untold(route: Route, tells: (route: ProxyRoute) => boolean): ProxyRoute | undefined {
  const proxied = proxyRoute(route);
  if (!proxied || proxied.handler.protocol !== 'http') return undefined;
  if (proxied.backend.certainty === 'unread' || tells(proxied)) return undefined;
  return isAuxiliary(route) || isStaticPath(route) || isForeign(proxied) ? undefined : proxied;
}
