/** Edits of configs that have a directive a line, as those of httpd. */
import type { Edit } from '../text/edit.ts';
import { headerOf, placeIn, type Directive, type Word } from '../syntax/tree.ts';
import { indentOf, isOpen, wholeLines } from '../text/words.ts';

/** The part of a report that offers a fix; empty where there is none. */
export interface Offer {
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
}

/** Deletes a directive of httpd, which has its lines for itself. */
export function deletion(directive: Directive): Edit {
  const { file, start, end } = headerOf(directive);
  return { place: placeIn(directive, wholeLines(file.text, { start, end }) ?? { start, end }), text: '' };
}

/** A line of its own after a plain directive, with the same indentation. */
export function lineAfter(directive: Directive, line: string): Edit {
  const { file, end } = headerOf(directive);
  return { place: { file, start: end, end }, text: `\n${indentOf(directive)}${line}` };
}

/** Further words at the end of a plain directive; a quote that is open there is closed. */
export function wordsAfter(directive: Directive, words: string): Edit {
  const { file, end } = headerOf(directive);
  const last = directive.args.at(-1);
  return { place: { file, start: end, end }, text: `${last && isOpen(last) ? last.quote : ''} ${words}` };
}

/** A line of its own before a directive, with the same indentation. */
export function lineBefore(directive: Directive, line: string): Edit {
  const { file, start } = headerOf(directive);
  return { place: { file, start, end: start }, text: `${line}\n${indentOf(directive)}` };
}

/** Moves a comment that begins with a word of a directive to a line of its own before it. */
export function commentOnItsOwn(directive: Directive, comment: Word): Edit[] {
  const { file, end } = headerOf(directive);
  const text = file.text.slice(comment.start, end).trimEnd();
  const before = file.text.slice(0, comment.start).trimEnd().length;
  return [lineBefore(directive, text), { place: { file, start: before, end }, text: '' }];
}
