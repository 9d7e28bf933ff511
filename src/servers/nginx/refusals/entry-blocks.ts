/** Blocks of entries instead of directives. */
import { enclosingNamed, placeIn, type Block, type Directive, type Word } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { isCidr, isIpv4 } from '../meaning/address.ts';
import { formatVersion, isBefore } from '../../../model/versions.ts';
import { countOf } from './counts.ts';
import { checkRegex } from './regexes.ts';
import { endHere } from './replacements.ts';
import { isBadWildcard } from './modules/http/server-names.ts';
import { refuseForm } from './refuse.ts';
import type { Run } from './run.ts';
import { checkVariables } from './variables.ts';
import { wordTable } from '../../../text/word-table.ts';

type EntryCheck = (entry: Directive, run: Run, state: State) => void;

interface State {
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

/** Checks a block of entries (`map`, `geo`, `types`...); `owner` is undefined for a file of such entries. */
export function checkEntries(block: Block, owner: Directive | undefined, run: Run): void {
  const check = owner && Object.hasOwn(bodies, owner.key) ? bodies[owner.key] : undefined;
  if (!check) return;
  const state: State = { keys: new Map(), isRanges: false, hostnames: false, hasEntries: false, total: 0, ranges: [] };
  for (const entry of children(block)) {
    run.refusals.judged = entry;
    if (entry.key === 'include' && entry.name.quote === '') {
      if (/^(?:map|geo|types)$/.test(owner!.key) && !entry.block) takesOne(entry, run);
      continue;
    }
    if (entry.block)
      run.refusals.report({ rule: 'unexpected-block', message: 'unexpected', at: entry, data: { name: entry.key } });
    else check(entry, run, state);
  }
}

function takesOne(entry: Directive, run: Run): boolean {
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

function addRunOn(
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

/** nginx takes any number of words for extensions; one with a slash on a new line is the next type. */
const types: EntryCheck = (entry, run) => {
  const { args, name } = entry;
  for (const [index, word] of args.entries()) {
    const last = args[index - 1] ?? name;
    if (!word.value.includes('/') || !hasBreak(entry, last.end, word.start)) continue;
    addRunOn(entry, last, word, run, 'warning');
    return;
  }
};

function isSwitch(key: string): boolean {
  return /^(?:hostnames|volatile|ranges|proxy_recursive)$/.test(key);
}

function hasBreak({ parent }: Directive, start: number, end: number): boolean {
  return parent.file.text.slice(start, end).includes('\n');
}

const map: EntryCheck = (entry, run, state) => {
  const { key, args, name } = entry;
  if (args.length === 0 && (key === 'volatile' || key === 'hostnames')) {
    if (key === 'hostnames') state.hostnames = true;
    return;
  }
  if (!takesOne(entry, run)) return;
  if (args[0]!.value.includes('$')) {
    checkVariables(run, entry, args[0]!, enclosingNamed(entry, 'stream') ? 'stream' : 'http');
  }
  if (state.hostnames && !name.value.startsWith('~') && isBadWildcard(name.value)) {
    refuseForm(run, entry, name, 'a host name, or one with "*" as its first or last part');
  } else if (name.value.startsWith('~')) checkRegex(run, entry, name, name.value.startsWith('~*') ? 2 : 1);
  else
    repeated(
      entry,
      run,
      state.keys,
      name.value === 'default' ? 'default' : `=${name.value.replace(/^\\/, '').toLowerCase()}`,
    );
};

function repeated(entry: Directive, run: Run, keys: Map<string, Directive>, key: string): void {
  const first = keys.get(key);
  if (!first) keys.set(key, entry);
  else {
    const related = [{ at: first, message: 'the first is here' }];
    run.refusals.report({
      rule: 'duplicate-directive',
      message: 'entry',
      at: entry,
      data: { name: entry.key },
      related,
    });
  }
}

/** The version that brought `volatile`. */
const geoVolatile = '1.29.3';

const geo: EntryCheck = (entry, run, state) => {
  const { key, args, name } = entry;
  if (args.length === 0 && /^(?:ranges|proxy_recursive|volatile)$/.test(key)) {
    if (key === 'ranges') {
      if (state.hasEntries) {
        run.refusals.report({ rule: 'invalid-value', message: 'first', at: entry, data: { name: key } });
      }
      state.isRanges = true;
    }
    if (key === 'volatile' && isBefore(run.version, geoVolatile)) {
      const data = { name: 'geo', value: key, version: geoVolatile, target: formatVersion(run.version) };
      run.refusals.report({ rule: 'needs-newer-version', message: 'value', at: entry, data });
    }
    return;
  }
  if (key !== 'proxy') state.hasEntries = true;
  if (!takesOne(entry, run) || key === 'default') return;
  if (key === 'proxy' || key === 'delete') network(entry, run, args[0]!, key === 'delete' && state.isRanges);
  else {
    network(entry, run, name, state.isRanges);
    if (state.isRanges) addRange(entry, run, state.ranges);
  }
};

function network(entry: Directive, run: Run, word: Word, isRange: boolean): void {
  if (isRange) {
    if (!/^([\d.]+)-([\d.]+)$/.test(word.value) || !word.value.split('-').every(isIpv4)) {
      refuseForm(run, entry, word, 'a range such as "10.0.0.1-10.0.0.9"');
    } else if (isUpsideDown(word.value)) refuseForm(run, entry, word, 'a range from the lower to the higher address');
  } else if (!isCidr(word.value)) refuseForm(run, entry, word, 'an address such as "10.0.0.0/8"');
}

interface Range {
  readonly low: number;
  readonly high: number;
  /** The range that it lies in. */
  readonly around: Range | undefined;
}

/** A range may lie in another one, but not reach out of it. */
function addRange(entry: Directive, run: Run, ranges: Range[]): void {
  const [low, high] = endsOf(entry.key);
  if (!(low! <= high!)) return;
  const at = placeOf(low!, ranges);
  let before = ranges[at - 1];
  while (before && before.high < low!) before = before.around;
  const after = ranges[at];
  const isCut = before !== undefined && before.high < high!;
  const isCovering = after !== undefined && after.low <= high!;
  if (isCut || isCovering) {
    run.refusals.report({ rule: 'invalid-value', message: 'overlap', at: entry, data: { name: entry.key } });
  } else ranges.splice(at, 0, { low: low!, high: high!, around: before });
}

/** Behind all ranges that begin at or before `low`. */
function placeOf(low: number, ranges: readonly Range[]): number {
  let from = 0;
  let to = ranges.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ranges[middle]!.low > low) to = middle;
    else from = middle + 1;
  }
  return from;
}

function endsOf(range: string): number[] {
  return range.split('-').map((address) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0));
}

function isUpsideDown(range: string): boolean {
  const [low, high] = endsOf(range);
  return low! > high!;
}

/** In hundredths of a percent. */
const whole = 10_000;

const splitClients: EntryCheck = (entry, run, state) => {
  // nginx reads one value and ignores what follows it.
  if (entry.args.length === 0 || entry.key === '*') return;
  const match = /^(\d+(?:\.\d{1,2})?)%$/.exec(entry.key);
  if (!match || !(Number(match[1]) > 0 && Number(match[1]) <= 100)) {
    refuseForm(run, entry, entry.name, 'a percentage such as "0.5%", or "*" for the rest');
    return;
  }
  const before = state.total;
  state.total += Math.round(Number(match[1]) * 100);
  if (before <= whole && state.total > whole) {
    run.refusals.report({ rule: 'invalid-value', message: 'total', at: entry });
  }
};

/** Two bytes in hexadecimal digits; for UTF-8 the second is a sequence of them. */
const charsetEntry: EntryCheck = (entry, run) => {
  const { name, args, parent } = entry;
  if (!takesOne(entry, run)) return;
  const isUtf8 = parent.owner?.args[1]?.value.toLowerCase() === 'utf-8';
  const byte = /^0*[\da-f]{1,2}$/i;
  if (!byte.test(name.value)) refuseForm(run, entry, name, 'a byte in hexadecimal digits');
  else if (!(isUtf8 ? /^(?:[\da-f]{2}){1,4}$/i : byte).test(args[0]!.value))
    refuseForm(run, entry, args[0]!, 'bytes in hexadecimal digits');
};

const bodies: Readonly<Record<string, EntryCheck>> = wordTable({
  map,
  geo,
  split_clients: splitClients,
  types,
  charset_map: charsetEntry,
});
