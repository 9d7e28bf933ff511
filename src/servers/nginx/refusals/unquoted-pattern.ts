/** Patterns such as `^/[a-z]{8}$` that nginx reads as far as the brace, which opens a block to it. */
import type { Place } from '../../../text/source.ts';
import { placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import { walk } from '../../../syntax/walk.ts';
import type { ConfigFile } from '../../../syntax/tree.ts';
import type { Remedy } from '../../diagnostic.ts';

export interface UnquotedPattern {
  /** The whole pattern, as it was meant. */
  readonly at: Place;
  readonly text: string;
  readonly fix?: Remedy;
}

/** A count that stands without a blank behind the last word of a directive: no block begins so. */
export function unquotedPattern(directive: Directive): UnquotedPattern | undefined {
  const { block, args, parent } = directive;
  const last = args.at(-1);
  if (!block?.open || !last || last.quote !== '' || block.open.start !== last.end) return undefined;
  const { text } = parent.file;
  const rest = text.slice(block.open.start, block.open.start + 40);
  if (!/^\{\d+(?:,\d*)?\}/.test(rest)) return undefined;
  const first = firstLetter(directive, last);
  const end = endOfPattern(text, first, directive.key === 'if');
  const at = placeIn(directive, { start: first, end });
  const pattern = text.slice(first, end);
  return { at, text: pattern, ...fixOf(at, pattern) };
}

/** A condition may begin in the same word. */
function firstLetter({ key, args }: Directive, word: Word): number {
  return key === 'if' && word === args[0] && word.raw.startsWith('(') ? word.start + 1 : word.start;
}

/** Up to the blank or `;` behind it, or to the parenthesis that closes a condition. */
function endOfPattern(text: string, start: number, isCondition: boolean): number {
  let end = start;
  while (end < text.length && !/[\s;]/.test(text[end]!)) end++;
  return isCondition && text[end - 1] === ')' ? end - 1 : end;
}

function fixOf(place: Place, pattern: string): { readonly fix?: Remedy } {
  const quote = pattern.includes('"') ? "'" : '"';
  if (pattern.includes(quote)) return {};
  return { fix: { title: 'Quote the pattern', edits: [{ place, text: `${quote}${pattern}${quote}` }] } };
}

const known = new WeakMap<ConfigFile, boolean>();

/** Whether a file holds such a pattern: its braces balance again when it is quoted. */
export function hasUnquotedPattern(file: ConfigFile): boolean {
  let found = known.get(file);
  if (found === undefined) {
    found = false;
    walk(file.root, (directive) => {
      if (directive.parent.file === file.source && unquotedPattern(directive)) found = true;
    });
    known.set(file, found);
  }
  return found;
}
