import type { Directive } from '../syntax/tree.ts';

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** The white space before a directive on its line; empty if something else stands there. */
export function indentOf({ start, parent }: Directive): string {
  const { text } = parent.file;
  return /^[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
}
