/** Blocks of entries instead of directives. */
import { enclosingNamed, type Block, type Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { checkRegex } from './regexes.ts';
import { isBadWildcard } from './modules/http/server-names.ts';
import { refuseForm } from './refuse.ts';
import type { Run } from './run.ts';
import { checkVariables } from './variables.ts';
import { isTemplated } from '../../../text/template/placeholder.ts';
import { wordTable } from '../../../text/word-table.ts';
import { type EntryCheck, type State, takesOne, addRunOn, hasBreak, repeated } from './entries.ts';
import { geo } from './geo-entries.ts';

/** Checks a block of entries (`map`, `geo`, `types`...); `owner` is undefined for a file of such entries. */
export function checkEntries(block: Block, owner: Directive | undefined, run: Run): void {
  const check = owner && Object.hasOwn(bodies, owner.key) ? bodies[owner.key] : undefined;
  if (!check) return;
  const state: State = { keys: new Map(), isRanges: false, hostnames: false, hasEntries: false, total: 0, ranges: [] };
  for (const entry of children(block)) {
    run.refusals.judged = entry;
    // It stands for any number of entries.
    if (entry.args.length === 0 && isTemplated(entry.key)) continue;
    if (entry.key === 'include' && entry.name.quote === '') {
      if (/^(?:map|geo|types)$/.test(owner!.key) && !entry.block) takesOne(entry, run);
      continue;
    }
    if (entry.block)
      run.refusals.report({ rule: 'unexpected-block', message: 'unexpected', at: entry, data: { name: entry.key } });
    else check(entry, run, state);
  }
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
  else repeated(entry, run, state.keys, ...keysOf(name.value, state.hostnames));
};

/** Under what `ngx_hash_add_key` files a name: `.x` stands for `x` and `*.x`. */
function keysOf(name: string, isHost: boolean): string[] {
  if (name === 'default') return [name];
  const text = name.replace(/^\\/, '').toLowerCase();
  if (isHost && text.startsWith('*.')) return [text];
  return isHost && text.startsWith('.') ? [`=${text.slice(1)}`, `*${text}`] : [`=${text}`];
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
