/** Redirects from HTTP to HTTPS. */
import type { Route, VirtualHost } from '../../model/model.ts';
import { children } from '../../syntax/walk.ts';
import { schemeOf } from '../../model/scheme.ts';

export type Redirect = Extract<Route['handler'], { kind: 'redirect' | 'return' }>;

/** The redirect of a route to an https:// URL; undefined for other routes. */
export function httpsRedirect({ handler }: Route): Redirect | undefined {
  return handler.kind === 'redirect' && schemeOf(handler.to?.value ?? '') === 'https' ? handler : undefined;
}

/** Whether something in the host may send clients to HTTPS: a redirect there, or one whose target cannot be read. */
export function mayRedirect(host: VirtualHost): boolean {
  const unreadable = /^\$(?!\{?scheme\b)|^%\{/;
  if (host.routes.some(({ handler }) => handler.kind === 'redirect' && unreadable.test(handler.to?.value ?? '')))
    return true;
  if (host.routes.some((route) => route.preemptedBy ?? httpsRedirect(route))) return true;
  const block = host.directive?.block;
  return (
    block !== undefined && children(block).some(({ args }) => args.some(({ value }) => schemeOf(value) === 'https'))
  );
}
