/** Entries of `geo`: networks, or ranges of addresses. */
import type { Directive, Word } from '../../../syntax/tree.ts';
import { isCidr, isIpv4 } from '../meaning/address.ts';
import { formatVersion, isBefore } from '../../../model/versions.ts';
import { refuseForm } from './refuse.ts';
import type { Run } from './run.ts';
import { type EntryCheck, takesOne, type Range } from './entries.ts';

/** The version that brought `volatile`. */
const geoVolatile = '1.29.3';

export const geo: EntryCheck = (entry, run, state) => {
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
