/** Whether a value is what was wanted. */
import { unknown } from '../model/model.ts';
import { boundedRegex } from '../regex/match.ts';
import { wordTable } from '../text/word-table.ts';
import type { Wanted, WantedValue } from './types.ts';

/** What there is. `value` undefined: there is none; `isKnown` false: there is one that cannot be told. */
export interface Actual {
  readonly value: string | undefined;
  readonly isKnown: boolean;
  /** Of headers. */
  readonly from?: 'client' | 'config' | 'server';
}

/** `unknown` where it depends on what cannot be told. */
export type Verdict = 'passed' | 'failed' | 'unknown';

/** @param equal whether a text is the value; by default it is that very text */
export function matches(wanted: Wanted, actual: Actual, equal = isSame): Verdict {
  return worstOf(
    Object.entries(asObject(wanted)).map(([key, value]) =>
      holds(key as keyof WantedValue, value as never, actual, equal),
    ),
  );
}

/** What is wrong outweighs what cannot be told. */
export function worstOf(verdicts: Iterable<Verdict>): Verdict {
  const all = new Set(verdicts);
  if (all.has('failed')) return 'failed';
  return all.has('unknown') ? 'unknown' : 'passed';
}

function isSame(text: string, value: string): boolean {
  return text === value;
}

function asObject(wanted: Wanted): WantedValue {
  if (wanted === null) return { set: false };
  if (typeof wanted === 'object') return wanted;
  return { is: String(wanted) };
}

function holds(
  key: keyof WantedValue,
  wanted: string | number | boolean | null | readonly (string | number)[],
  { value, isKnown, from }: Actual,
  equal: (text: string, value: string) => boolean,
): Verdict {
  const isThere = value !== undefined || !isKnown;
  if (key === 'set') return verdict(isThere === wanted);
  if (wanted === null) return verdict(isThere === (key === 'not'));
  if (!isThere) return verdict(key === 'not');
  if (key === 'from') return verdict(from === wanted);
  if (value === undefined) return 'unknown';
  const is = (one: unknown): boolean => equal(String(one), value);
  switch (key) {
    case 'is':
      return verdict(is(wanted));
    case 'not':
      return verdict(!is(wanted));
    case 'oneOf':
      return verdict((wanted as readonly unknown[]).some(is));
    case 'contains':
      return verdict(value.includes(String(wanted)));
    case 'startsWith':
      return verdict(value.startsWith(String(wanted)));
    case 'endsWith':
      return verdict(value.endsWith(String(wanted)));
    case 'matches':
      return holdsPattern(String(wanted), value);
  }
}

/** Within a bound of steps: whether a pattern takes exponential time shows on the text only. */
function holdsPattern(pattern: string, value: string): Verdict {
  const found = boundedRegex(pattern, 'u')?.matches(value);
  return found === undefined || found === unknown ? 'unknown' : verdict(found);
}

function verdict(holds: boolean): Verdict {
  return holds ? 'passed' : 'failed';
}

/** `is "https"`, `is not there`, `matches "^a"`. */
export function wantedText(wanted: Wanted): string {
  return Object.entries(asObject(wanted))
    .map(([key, value]) => (value === null ? wordsForNone[key]! : clause(key, value)))
    .join(' and ');
}

const wordsForNone = wordTable<Record<string, string>>({ is: 'not there', not: 'there' });

const clauses = wordTable<Record<string, (value: string) => string>>({
  is: (value) => value,
  not: (value) => `not ${value}`,
  oneOf: (value) => `one of ${value}`,
  contains: (value) => `containing ${value}`,
  startsWith: (value) => `beginning with ${value}`,
  endsWith: (value) => `ending with ${value}`,
  matches: (value) => `matching ${value}`,
});

function clause(key: string, value: unknown): string {
  if (key === 'set') return value === true ? 'there' : 'not there';
  if (key === 'from') return `set by the ${String(value)}`;
  return clauses[key]!(Array.isArray(value) ? value.map(quote).join(', ') : quote(value));
}

function quote(value: unknown): string {
  return JSON.stringify(String(value));
}
