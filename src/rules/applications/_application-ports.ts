/** The ports of an application, and where a config sends its requests. */
import type { Port } from '../../facts/applications/types.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { destinationsOf, type Destination } from '../../model/destinations.ts';

export function destinationsIn({ routes }: Site): Destination[] {
  const all = routes.flatMap(({ handler }) => destinationsOf(handler));
  return [...new Map(all.map((destination) => [destination.word, destination])).values()];
}

export function isHttp({ scheme }: Port): boolean {
  return scheme === 'http' || scheme === 'https';
}

export function isWeb({ port }: Port): boolean {
  return port === 80 || port === 443;
}
