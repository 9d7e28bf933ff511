/** What definitions of variables give them, as it is written: the one reader of `set` and of tables. */
import type { Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';

export interface GivenValue {
  readonly text: string;
  /** The `set`, or the entry of the table. */
  readonly by: Directive;
  /** Groups of the entry's own expression stand in it: they hold parts of the source. */
  readonly hasGroups: boolean;
}

export interface GivenValues {
  readonly values: readonly GivenValue[];
  /** False where the variable is empty if no entry fits. */
  readonly isWhole: boolean;
  /** Whether a part of the table stands in other files. */
  readonly includes: boolean;
}

/** How many lines a definition has. */
export function sizeOf({ block }: Directive): number {
  return block ? children(block).length : 1;
}

/** Undefined for a directive that makes its values in another way than `set`, `map`, `geo` and `split_clients`. */
export function givenValues(directive: Directive): GivenValues | undefined {
  const { key, args, block } = directive;
  if (key === 'set') {
    const value = { text: args[1]?.value ?? '', by: directive, hasGroups: false };
    return { values: [value], isWhole: true, includes: false };
  }
  const lines = tables.get(key);
  if (!lines || !block) return undefined;
  const values: GivenValue[] = [];
  const given: { isWhole: boolean; includes: boolean } = { isWhole: false, includes: false };
  for (const entry of children(block)) {
    const text = entry.args[0]?.value;
    if (entry.key === 'include') given.includes = true;
    else if (entry.key === lines.fallback) given.isWhole = true;
    if (text === undefined || entry.key === 'include' || lines.settings.has(entry.key)) continue;
    values.push({ text, by: entry, hasGroups: entry.name.value.startsWith('~') && text.includes('$') });
  }
  return { values, ...given };
}

interface Table {
  /** The entry that fits where no other one does. */
  readonly fallback: string;
  /** Lines with an argument that are no entries. */
  readonly settings: ReadonlySet<string>;
}

const tables: ReadonlyMap<string, Table> = new Map([
  ['map', { fallback: 'default', settings: new Set<string>() }],
  ['geo', { fallback: 'default', settings: new Set(['proxy', 'delete']) }],
  ['split_clients', { fallback: '*', settings: new Set<string>() }],
]);
