import type { Span } from './source.ts';
import type { Block, Directive, Word } from '../syntax/tree.ts';

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

/** The white space before a directive that becomes the first of a block: that of the first, or one step more than that of the owner. */
export function indentInside({ file, owner, directives: [first] }: Block): string {
  if (first) return indentOf(first);
  return owner ? indentOf(owner) + (/^\t/m.test(file.text) ? '\t' : '    ') : '';
}

/** The lines of a span, with their line break, if nothing else stands on them: of the last lines, with the line break before them. */
export function wholeLines(text: string, { start, end }: Span): Span | undefined {
  const restEnd = blankLineEnd(text, end);
  let from = blankBefore(text, start);
  // A file that begins with a mark of its encoding goes on doing so.
  const isFirst = from === 0 || (from === 1 && text[0] === '\uFEFF');
  if (restEnd === undefined || !(isFirst || isLineStart(text, from))) return undefined;
  if (text[restEnd - 1] !== '\n' && !isFirst) from -= text[from - 2] === '\r' ? 2 : 1;
  return { start: from, end: restEnd };
}

/** Behind the end of a line that is blank from an offset on. No regular expression: the line may be very long. */
function blankLineEnd(text: string, offset: number): number | undefined {
  let at = offset;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at++;
  if (at === text.length) return at;
  return text[at] === '\n' ? at + 1 : undefined;
}

/** Where the text of a word ends: before its closing quotation mark. A quote may be left open, which httpd accepts. */
export function endInside(word: Word): number {
  return word.quote !== '' && !isOpen(word) ? word.end - 1 : word.end;
}

export function isOpen({ quote, raw }: Word): boolean {
  if (quote === '') return false;
  const escapes = /(?<!\\)\\*$/.exec(raw.slice(0, -1))![0].length;
  return raw.length === 1 || !raw.endsWith(quote) || escapes % 2 === 1;
}

/** The words of a text, which may stand on several lines. */
export function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/);
}
