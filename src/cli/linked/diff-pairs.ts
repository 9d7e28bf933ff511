/** Which configs of two sides are two states of one. */
import { groupBy } from '../../text/group-by.ts';
import type { Found } from './diff-sides.ts';
import { Headings } from './headings.ts';

export type Pair = readonly [old: Found | undefined, now: Found | undefined];

/** How surely two are the same, the surest first: a document may have gained or lost blocks, and a file may have another name. */
const keys: readonly ((found: Found, heading: string, count: number) => string | undefined)[] = [
  ({ path, config: { dialect, file } }) => (file.source.outer ? `${dialect} ${path} ${file.source.text}` : undefined),
  (found, heading, count) => (found.config.file.source.outer ? `${placeIn(found)} ${heading} ${count}` : undefined),
  placeIn,
];

/** What is left over is paired by dialect, where one of it is left on each side. */
export function pairsOf(old: readonly Found[], now: readonly Found[]): readonly Pair[] {
  if (old.length === 1 && now.length === 1) return [[old[0], now[0]]];
  const paired = new Map<Found, Found>();
  const left = { old: new Set(old), now: new Set(now) };
  const pair = (was: Found, is: Found): void => {
    paired.set(is, was);
    left.old.delete(was);
    left.now.delete(is);
  };
  const headings = new Headings();
  for (const keyOf of keys) {
    const known = counted(left.old, keyOf, headings);
    for (const [key, is] of counted(left.now, keyOf, headings)) {
      const was = known.get(key);
      if (was) pair(was, is);
    }
  }
  const byDialect = groupBy([...left.old], ({ config }) => config.dialect);
  for (const [dialect, all] of groupBy([...left.now], ({ config }) => config.dialect)) {
    const [was, ...others] = byDialect.get(dialect) ?? [];
    if (was && others.length === 0 && all.length === 1) pair(was, all[0]!);
  }
  return [...now.map((is) => [paired.get(is), is] as const), ...[...left.old].map((was) => [was, undefined] as const)];
}

/** By key; those without one are left out, and of several with one key each has a number. */
function counted(all: Iterable<Found>, keyOf: (typeof keys)[number], headings: Headings): ReadonlyMap<string, Found> {
  const counts = new Map<string, number>();
  const byKey = new Map<string, Found>();
  for (const found of all) {
    const heading = headings.before(found);
    const place = `${placeIn(found)} ${heading}`;
    const count = counts.get(place) ?? 0;
    counts.set(place, count + 1);
    const key = keyOf(found, heading, count);
    if (key !== undefined && !byKey.has(key)) byKey.set(key, found);
  }
  return byKey;
}

function placeIn({ path, config }: Found): string {
  return `${config.dialect} ${path}`;
}
