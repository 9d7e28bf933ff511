import { destinationsOf } from '../model/destinations.ts';
import { unknown, type Route } from '../model/model.ts';
import { isTlsScheme } from '../model/scheme.ts';
import { placeIn } from '../syntax/tree.ts';
import type { Place } from '../text/source.ts';

/** Most do, which is soon told. */
export function leadsElsewhere(
  handler: Extract<Route['handler'], { kind: 'proxy' }>,
  ports: ReadonlySet<number>,
): boolean {
  const destinations = destinationsOf(handler);
  return destinations.length > 0 && destinations.every(({ port }) => !ports.has(port));
}

interface RouteTarget {
  readonly host: string;
  readonly port: number | undefined;
  readonly tls: boolean;
  readonly place: Place;
}

/** Hosts and ports, and a socket in the file system. */
export function targetsOf(handler: Extract<Route['handler'], { kind: 'proxy' }>): RouteTarget[] {
  const { directive, target } = handler;
  const { host, scheme, word } = target;
  const found = destinationsOf(handler).map((each) => ({ ...each, place: placeIn(each.directive, each.word) }));
  if (found.length > 0 || host === unknown || scheme === unknown || !host.startsWith('unix:')) return found;
  return [
    { host: host.slice('unix:'.length), port: undefined, tls: isTlsScheme(scheme), place: placeIn(directive, word) },
  ];
}
