/** Levels of two configs that are two states of one: virtual hosts of a name and address, and their routes of one match. */
import type { Route, Scope, VirtualHost } from '../../model/model.ts';
import { socketKey } from '../fingerprints.ts';

export interface LevelPair {
  readonly old: Scope;
  readonly now: Scope;
  readonly host: VirtualHost;
  /** Of the new side; undefined: the virtual host itself. */
  readonly route: Route | undefined;
}

export function* levelPairs(old: readonly VirtualHost[], now: readonly VirtualHost[]): Generator<LevelPair> {
  const known = byIdentity(old);
  for (const host of now) {
    const was = identitiesOf(host).flatMap((key) => known.get(key) ?? [])[0];
    if (!was) continue;
    yield { old: was.scope, now: host.scope, host, route: undefined };
    const routes = new Map(was.routes.map((route) => [routeKey(route), route]));
    for (const route of host.routes) {
      const same = routes.get(routeKey(route));
      if (same) yield { old: same.scope, now: route.scope, host, route };
    }
  }
}

/** By listener and name; of several the first. */
export function byIdentity(hosts: readonly VirtualHost[]): ReadonlyMap<string, VirtualHost> {
  const known = new Map<string, VirtualHost>();
  for (const host of hosts) for (const key of identitiesOf(host)) if (!known.has(key)) known.set(key, host);
  return known;
}

const mostNames = 8;

export function identitiesOf({ listeners, names }: VirtualHost): readonly string[] {
  const texts = names.length > 0 ? names.slice(0, mostNames).map(({ text }) => text.toLowerCase()) : [''];
  const sockets = listeners.length > 0 ? listeners.map(socketKey) : [''];
  return sockets.flatMap((socket) => texts.map((text) => `${socket} ${text}`));
}

function routeKey(route: Route): string {
  const parts: string[] = [];
  for (let each: Route | undefined = route; each; each = each.parent)
    parts.push(`${each.directive.key} ${each.match.kind} ${each.match.pattern}`);
  return parts.join('\n');
}
