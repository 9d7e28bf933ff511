/** The routes of a virtual host by name and directive. */
import type { Route, VirtualHost } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';

/** The routes of a virtual host as they are asked for one by one. */
interface RouteIndex {
  readonly byDirective: ReadonlyMap<Directive, Route>;
  readonly byName: ReadonlyMap<string, Route>;
  /** The first `limit_except` of a location. */
  readonly limits: ReadonlyMap<Route | undefined, Route>;
}

const indexes = new WeakMap<VirtualHost, RouteIndex>();

function indexOf(host: VirtualHost): RouteIndex {
  const known = indexes.get(host);
  if (known) return known;
  const byDirective = new Map<Directive, Route>();
  const byName = new Map<string, Route>();
  const limits = new Map<Route | undefined, Route>();
  for (const route of host.routes) {
    const { directive, match, parent } = route;
    if (!byDirective.has(directive)) byDirective.set(directive, route);
    if (match.kind === 'named' && !byName.has(match.pattern)) byName.set(match.pattern, route);
    if (directive.key === 'limit_except' && !limits.has(parent)) limits.set(parent, route);
  }
  const index = { byDirective, byName, limits };
  indexes.set(host, index);
  return index;
}

/** `location @name` of the virtual host. */
export function namedLocation(host: VirtualHost, name: string): Route | undefined {
  return indexOf(host).byName.get(name);
}

export function routeOf(host: VirtualHost, directive: Directive): Route | undefined {
  return indexOf(host).byDirective.get(directive);
}

/** The `limit_except` in a location. */
export function limitExceptOf(host: VirtualHost, location: Route): Route | undefined {
  return indexOf(host).limits.get(location);
}
