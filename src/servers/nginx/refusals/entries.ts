/** What entries of blocks such as `map` and `geo` have alike. */
import { placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import { countOf } from './counts.ts';
import { endHere } from './replacements.ts';
import type { Run } from './run.ts';

export type EntryCheck = (entry: Directive, run: Run, state: State) => void;

export interface State {
  /** `map`: keys seen, with their entries. */
  readonly keys: Map<string, Directive>;
  isRanges: boolean;
  hostnames: boolean;
  /** `geo`: whether there were networks or ranges. */
  hasEntries: boolean;
  /** `split_clients`: the sum so far, in hundredths of a percent. */
  total: number;
  /** `geo`: ranges in the order of their lower ends. */
  readonly ranges: Range[];
}

export function takesOne(entry: Directive, run: Run): boolean {
  if (entry.args.length === 1) return true;
  if (runsOn(entry, run)) return false;
  const data = { name: entry.key, expected: '1 value in this block', found: countOf(entry.args.length) };
  run.refusals.report({ rule: 'directive-arguments', message: 'count', at: entry, data });
  return false;
}

/** The `;` is missing where an entry is complete and the line ends. */
function runsOn(entry: Directive, run: Run): boolean {
  const { args, name, key } = entry;
  const [value, next] = args;
  const last = isSwitch(key) && value && hasBreak(entry, name.end, value.start) ? name : value;
  const follower = last === name ? value : next;
  if (!last || !follower || !hasBreak(entry, last.end, follower.start)) return false;
  addRunOn(entry, last, follower, run, 'error');
  return true;
}

export function addRunOn(
  entry: Directive,
  last: Word,
  follower: Word,
  { refusals }: Run,
  severity: 'error' | 'warning',
): void {
  const at = { file: entry.parent.file, start: last.end, end: last.end };
  const end = placeIn(entry, { start: entry.end - 1, end: entry.end });
  refusals.report({
    rule: 'missing-semicolon',
    message: 'runsOn',
    at,
    data: { name: entry.key, next: follower.value },
    severity,
    ...(severity === 'error' && { related: [{ at: end, message: 'the server notices it here' }] }),
    fix: endHere(at, severity === 'error'),
  });
}

function isSwitch(key: string): boolean {
  return /^(?:hostnames|volatile|ranges|proxy_recursive)$/.test(key);
}

export function hasBreak({ parent }: Directive, start: number, end: number): boolean {
  return parent.file.text.slice(start, end).includes('\n');
}

/** Tells an entry one of whose keys another entry has; `names`: the keys of the entry. */
export function repeated(entry: Directive, run: Run, keys: Map<string, Directive>, ...names: readonly string[]): void {
  for (const key of names) {
    const first = keys.get(key);
    if (first) {
      const related = [{ at: first, message: 'the first is here' }];
      const data = { name: entry.key };
      run.refusals.report({ rule: 'duplicate-directive', message: 'entry', at: entry, data, related });
      return;
    }
    keys.set(key, entry);
  }
}

export interface Range {
  readonly low: number;
  readonly high: number;
  /** The range that it lies in. */
  readonly around: Range | undefined;
}
