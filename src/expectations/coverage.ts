/** Which virtual hosts and routes no expectation reaches. */
import type { RouteRow } from '../model/routing-table.ts';
import type { Place } from '../text/source.ts';
import type { Hop } from '../topology/follow.ts';
import { placeOf, virtualHostOf } from './virtual-host-of.ts';

export interface Coverage {
  readonly reached: number;
  readonly all: number;
  readonly unreached: readonly RouteRow[];
}

export function coverageOf(rows: readonly RouteRow[], hops: Iterable<Hop>): Coverage {
  const reached = new Set<string>();
  for (const first of hops) {
    for (let hop: Hop | undefined = first; hop; hop = hop.next) {
      const { location, steps } = hop.trace;
      const host = location ? undefined : virtualHostOf(hop);
      for (const place of [location?.place, host && placeOf(host), ...steps.map((step) => step.place)])
        if (place) reached.add(keyOf(place));
    }
  }
  const unreached = rows.filter(({ place }) => !reached.has(keyOf(place)));
  return { reached: rows.length - unreached.length, all: rows.length, unreached };
}

function keyOf({ file, start }: Place): string {
  return `${file.path}\0${start}`;
}
