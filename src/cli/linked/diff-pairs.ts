/** Which configs of two sides are two states of one. */
import { groupBy } from '../../text/group-by.ts';
import type { Found } from './diff-sides.ts';

export type Pair = readonly [old: Found | undefined, now: Found | undefined];

/** How surely two are the same, the surest first: a document may have gained or lost blocks, and a file may have another name. */
const keys: readonly ((found: Found, count: number) => string | undefined)[] = [
  ({ path, config: { dialect, file } }) => (file.source.outer ? `${dialect} ${path} ${file.source.text}` : undefined),
  (found, count) => (found.config.file.source.outer ? `${placeIn(found)} ${headingOf(found)} ${count}` : undefined),
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
  for (const keyOf of keys) {
    const known = counted(left.old, keyOf);
    for (const [key, is] of counted(left.now, keyOf)) {
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
function counted(all: Iterable<Found>, keyOf: (typeof keys)[number]): ReadonlyMap<string, Found> {
  const counts = new Map<string, number>();
  const byKey = new Map<string, Found>();
  for (const found of all) {
    const place = `${placeIn(found)} ${headingOf(found)}`;
    const count = counts.get(place) ?? 0;
    counts.set(place, count + 1);
    const key = keyOf(found, count);
    if (key !== undefined && !byKey.has(key)) byKey.set(key, found);
  }
  return byKey;
}

function placeIn({ path, config }: Found): string {
  return `${config.dialect} ${path}`;
}

/** The last heading before a block of a document; empty where there is none. */
function headingOf({ config }: Found): string {
  const { outer } = config.file.source;
  if (!outer) return '';
  const lines = outer.text.slice(0, outer.offset).split('\n');
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at]!.trim();
    if (/^(?:#{1,6}|={1,6}) \S/.test(line)) return line;
    if (at > 0 && isUnderline(line) && lines[at - 1]!.trim() !== '') return lines[at - 1]!.trim();
  }
  return '';
}

/** Of reStructuredText: a run of one sign. */
function isUnderline(line: string): boolean {
  return line.length > 2 && '=-~^"\'+*'.includes(line[0]!) && line === line[0]!.repeat(line.length);
}
