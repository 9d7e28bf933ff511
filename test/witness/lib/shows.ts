/** Compares what was seen with what a case says of it. */
import { expect } from 'vitest';

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Only what `shows` names counts; undefined stands for what is not there. */
export function expectShown(seen: unknown, shows: unknown, fill: (text: string) => string): void {
  expect(named(seen, shows)).toEqual(matcher(shows, fill));
}

function named(seen: unknown, shows: unknown): unknown {
  if (!isTree(shows) || !isTree(seen)) return seen;
  return Object.fromEntries(Object.keys(shows).map((key) => [key, named(seen[key], shows[key])]));
}

function matcher(shows: unknown, fill: (text: string) => string): unknown {
  if (shows instanceof RegExp) return expect.stringMatching(shows);
  if (typeof shows === 'string') return fill(shows);
  if (!isTree(shows)) return shows;
  return Object.fromEntries(Object.entries(shows).map(([key, value]) => [key, matcher(value, fill)]));
}
