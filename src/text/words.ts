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
  return /^[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
}

/** The white space before a directive that becomes the first of a block: that of the first, or one step more than that of the owner. */
export function indentInside({ file, owner, directives: [first] }: Block): string {
  if (first) return indentOf(first);
  return owner ? indentOf(owner) + (/^\t/m.test(file.text) ? '\t' : '    ') : '';
}

/** The lines of a span, with their line break, if nothing else stands on them: of the last lines, with the line break before them. */
export function wholeLines(text: string, { start, end }: Span): Span | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t\r]*(?:\n|$)/.exec(text.slice(end, endOfLine(text, end)))?.[0];
  if (rest === undefined || !/^\uFEFF?[ \t]*$/.test(text.slice(lineStart, start))) return undefined;
  // A file that begins with a mark of its encoding goes on doing so.
  const from = text[lineStart] === '\uFEFF' ? lineStart + 1 : lineStart;
  const to = end + rest.length;
  if (rest.endsWith('\n') || lineStart === 0) return { start: from, end: to };
  return { start: text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1, end: to };
}

/** Behind the line break that ends the line of an offset. */
function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

/** Where the text of a word ends: before its closing quotation mark. A quote may be left open, which httpd accepts. */
export function endInside(word: Word): number {
  return word.quote !== '' && !isOpen(word) ? word.end - 1 : word.end;
}

export function isOpen({ quote, raw }: Word): boolean {
  if (quote === '') return false;
  const escapes = /\\*$/.exec(raw.slice(0, -1))![0].length;
  return raw.length === 1 || !raw.endsWith(quote) || escapes % 2 === 1;
}
