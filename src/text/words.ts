import type { Directive } from '../syntax/tree.ts';

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** The white space before a directive on its line; empty if something else stands there. */
export function indentOf({ start, parent }: Directive): string {
  const { text } = parent.file;
  const at = blankBefore(text, start);
  return isLineStart(text, at) ? text.slice(at, start) : '';
}

/** Where the spaces and tabs before an offset begin. No regular expression: the line before it may be very long. */
export function blankBefore(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at;
}

/** Where the white space of any kind before an offset begins, at the earliest with its line. */
export function spaceBefore(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && /\s/.test(text[at - 1]!)) at--;
  return at;
}

export function isLineStart(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n';
}
