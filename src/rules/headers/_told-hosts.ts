/** Whether a backend is told the name that clients ask for. */
import type { Confidence, Edit } from '../finding.ts';
import { unknown, type HeaderOp, type Target } from '../../model/model.ts';
import { isLoopbackHost } from '../../model/network.ts';
import { readAuthority } from '../../model/url.ts';
import { addProxyHeader } from '../../edits/proxy-header.ts';
import type { ProxyRoute } from '../_shared/backends.ts';
import { receivesOrLost } from '../_shared/client-told.ts';

/** One line for routes that share a list; without a list, one beside each proxy_pass. */
export function addHost(routes: readonly ProxyRoute[]): Edit[] {
  const places = new Map<number, Edit>();
  for (const route of routes) {
    const edit = addProxyHeader(route, 'proxy_set_header Host $host');
    if (edit) places.set(edit.place.start, edit);
  }
  return [...places.values()];
}

/** The client's Host, or another header that is made from it. */
export function tellsHost(route: ProxyRoute): boolean {
  const { headers } = route.backend;
  const host = headers.get('host');
  if (
    (host && host.origin !== 'default' && !isInnerName(host, route)) ||
    receivesOrLost(route, ['x-forwarded-host', 'forwarded'])
  )
    return true;
  return route.backend.lost.some(({ name }) => name.toLowerCase() === 'host') || isNamedOtherwise(route.handler.target);
}

/** A fixed name that no client asks for: this machine, or what proxy_pass is written with. */
export function isInnerName({ action, value }: HeaderOp, { handler, virtualHost, backend }: ProxyRoute): boolean {
  // Beside an Origin of its own the application is told what it wants to hear.
  if (action !== 'set' || typeof value !== 'string' || backend.headers.has('origin')) return false;
  const { host: name } = readAuthority(value);
  const text = name.text.toLowerCase();
  const { host, upstream } = handler.target;
  const isInner =
    isLoopbackHost(text) ||
    (text !== '' && !text.includes('.') && (text === upstream?.name.toLowerCase() || text === host));
  return isInner && !virtualHost.names.some((each) => each.text.toLowerCase() === text);
}

export function keepsHost({ backend, handler }: ProxyRoute): boolean {
  const host = backend.headers.get('host');
  return host?.value === unknown || host?.value === '%{HTTP_HOST}' || isNamedOtherwise(handler.target);
}

/** A target that cannot be read, or a public name of its own, under which the backend may well be known. */
function isNamedOtherwise({ host, scheme, upstream }: Target): boolean {
  if (upstream) return false;
  return host === unknown || scheme === unknown || /\.[a-z]{2,}$/i.test(host);
}

export function confidenceOf({ backend, handler }: ProxyRoute): Confidence {
  if (backend.certainty !== 'known') return 'low';
  return handler.target.upstream || backend.setBy ? 'high' : 'medium';
}
