/** Edits of configs in which a semicolon ends a directive, as those of nginx. */
import type { Edit } from '../text/edit.ts';
import type { SourceFile, Span } from '../text/source.ts';
import { placeIn, type Block, type Directive, type Word } from '../syntax/tree.ts';
import { blankBefore, endInside, indentInside, indentOf, isLineStart, spaceBefore, wholeLines } from '../text/words.ts';

/** Lines put before a directive. */
export function insertBefore(directive: Directive, lines: readonly string[]): Edit {
  const { start } = directive;
  const gap = gapAround(directive);
  const text = lines.map((line) => `${line};${gap}`).join('');
  return { place: placeIn(directive, { start, end: start }), text };
}

/** A line put behind a directive. */
export function insertAfter(directive: Directive, line: string): Edit {
  const { end } = directive;
  return { place: placeIn(directive, { start: end, end }), text: `${gapAround(directive)}${line};` };
}

/** What stands between directives here: a new line, or a space where several stand on one. */
function gapAround(directive: Directive): string {
  const { start, parent } = directive;
  const { text } = parent.file;
  return isLineStart(text, spaceBefore(text, start)) ? `\n${indentOf(directive)}` : ' ';
}

/** A line put at the top of a block in braces, indented like what follows it; a comment beside the brace stays there. */
export function insertInto(block: Block, line: string): Edit {
  const { file, open, start } = block;
  const brace = open?.end ?? start;
  const at = lineEndAfter(file.text, brace);
  if (at === undefined) return { place: { file, start: brace, end: brace }, text: ` ${line};` };
  return { place: { file, start: at, end: at }, text: `\n${indentInside(block)}${line};` };
}

/** A directive taken out, with its line where nothing else stands on it. */
export function deleteDirective(directive: Directive): Edit {
  return deleteSpan(directive.parent.file, directive);
}

/** A part of the text taken out, with its line where nothing else stands on it. */
export function deleteSpan(file: SourceFile, { start, end }: Span): Edit {
  const { text } = file;
  return { place: { file, ...(wholeLines(text, { start, end }) ?? withGap(text, { start, end })) }, text: '' };
}

/** With the white space before it, or behind it where it is the first of its line, which keeps its indentation. */
function withGap(text: string, { start, end }: Span): Span {
  const blank = blankBefore(text, start);
  if (!isLineStart(text, blank)) return { start: blank, end };
  return { start, end: end + /^[ \t]*/.exec(text.slice(end, end + 200))![0].length };
}

/** A word taken out, with the space before it. */
export function deleteWord(directive: Directive, word: Word): Edit {
  const { name, args } = directive;
  const { end } = args[args.indexOf(word) - 1] ?? name;
  return { place: placeIn(directive, { start: end, end: word.end }), text: '' };
}

/** Text put at the end of a word, before the quotation mark that closes it. */
export function appendTo(directive: Directive, word: Word, text: string): Edit {
  const at = endInside(word);
  return { place: placeIn(directive, { start: at, end: at }), text };
}

/** Where a line ends behind an offset, if nothing but a comment stands there. */
export function lineEndAfter(text: string, offset: number): number | undefined {
  const rest = /^[ \t]*(?:#[^\n]*?)?(?=\r?\n|$(?![^]))/.exec(text.slice(offset))?.[0];
  return rest === undefined ? undefined : offset + rest.length;
}
