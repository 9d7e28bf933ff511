/** Which virtual host of the config answers what is sent to a backend. */
import { unknown, type Listener, type VirtualHost } from '../../model/model.ts';
import type { ProxyRoute } from '../_shared/backends.ts';

/** The request comes back with the path that it had, so that the same route takes it again. */
export function keepsPath({ handler, match }: ProxyRoute): boolean {
  const { path } = handler.target;
  if (path === unknown) return false;
  return path === undefined || (match.kind !== 'regex' && path === match.pattern);
}

/** The virtual host that takes the request, by the Host that is sent; undefined where that is not known. */
export function answering(listener: Listener, route: ProxyRoute): VirtualHost | undefined {
  const { virtualHosts, defaultHost } = listener;
  if (virtualHosts.length === 1) return defaultHost;
  const sent = route.backend.headers.get('host');
  if (!route.virtualHost.listeners.includes(listener)) return undefined;
  // The client's name has led here once.
  if (!sent || (typeof sent.value === 'string' && /^\$(?:http_)?host$|^%\{HTTP_HOST\}$/.test(sent.value)))
    return route.virtualHost;
  const { host } = route.handler.target;
  if (sent.origin !== 'default' || host === unknown) return undefined;
  const names = namesOf(listener);
  return names === undefined || names.has(host.toLowerCase()) ? undefined : defaultHost;
}

const known = new WeakMap<Listener, ReadonlySet<string> | null>();

/** All names of the listener; undefined where one is a pattern. */
function namesOf(listener: Listener): ReadonlySet<string> | undefined {
  let names = known.get(listener);
  if (names === undefined) {
    const all = listener.virtualHosts.flatMap((host) => host.names);
    const isListed = all.every(({ kind }) => kind === 'exact');
    names = isListed ? new Set(all.map(({ text }) => text.toLowerCase())) : null;
    known.set(listener, names);
  }
  return names ?? undefined;
}
