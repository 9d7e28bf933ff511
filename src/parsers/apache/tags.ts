/** Opening and closing tags, as `ap_build_config_sub` and the section handlers read them. */
import type { Span } from '../../text/source.ts';
import type { Word } from '../../syntax/tree.ts';
import type { Role } from '../shared/pairing.ts';
import type { SharedStrings } from '../shared/shared-strings.ts';
import { logicalLine, type LogicalLine } from './lines.ts';
import { bareEnd, skipSpace, trimmedEnd, WordReader } from './words.ts';

export interface Tag {
  /** From `<` to `>`; to the end of the line where the `>` is missing. */
  readonly span: Span;
  readonly name: Word;
  /** The name lower-cased. */
  readonly key: string;
  readonly args: readonly Word[];
  /** Text behind the tag, which httpd ignores. */
  readonly rest: Span | undefined;
  /** A `>` that httpd cuts off the name though the tag goes on. */
  readonly strayBracket: Span | undefined;
  readonly fault: 'missing-bracket' | 'space-before-name' | undefined;
  /** Opening quotes of arguments that the tag ends. */
  readonly openQuotes: readonly Span[];
}

/** A tag line with what the pairing decided about it. */
export interface PairedTag {
  readonly tag: Tag;
  readonly role: Role;
  /** Opening tag: the closing tag that ended it by mistake. */
  readonly found: Tag | undefined;
}

/** Reads the tags of one file. */
export class TagReader {
  readonly #source: string;
  readonly #strings: SharedStrings;
  readonly #words: WordReader;
  #args: Word[] = [];
  #openQuotes: Span[] = [];

  constructor(source: string, strings: SharedStrings) {
    this.#source = source;
    this.#strings = strings;
    this.#words = new WordReader(source, strings, (word, isClosed) => {
      this.#args.push(word);
      if (!isClosed) this.#openQuotes.push({ start: word.start, end: word.start + 1 });
    });
  }

  /**
   * `<Name args>`: the tag ends at the last `>` of the line. The first word is taken whole, so in `<Name>` the `>` belongs to it and is
   * cut off.
   */
  open(start: number, end: number): Tag {
    const line = logicalLine(this.#source, start, end);
    const { text } = line;
    const trimmed = trimmedEnd(text, line.start, line.end);
    const nameStart = skipSpace(text, line.start + 1, trimmed);
    const firstEnd = bareEnd(text, nameStart, trimmed);
    const bracketInName = firstEnd > nameStart && text[firstEnd - 1] === '>';
    const nameEnd = bracketInName ? firstEnd - 1 : firstEnd;
    const onlyName = bracketInName && firstEnd === trimmed;
    const last = onlyName ? nameEnd : lastBracket(text, firstEnd, trimmed);
    const closed = onlyName || last >= firstEnd;
    this.#args = [];
    this.#openQuotes = [];
    if (!onlyName) this.#words.between(line, firstEnd, closed ? last : trimmed);
    const value = this.#strings.cut(text, nameStart, nameEnd);
    const name = this.#name(line, line.offsetAt(nameStart), line.endOffset(nameEnd), value);
    const tagEnd = closed ? last + 1 : trimmed;
    return {
      span: { start, end: line.endOffset(tagEnd) },
      name,
      key: this.#strings.lowerCased(value),
      args: this.#args,
      rest: restAfter(line, tagEnd, trimmed),
      strayBracket: bracketInName && !onlyName ? spanAt(line, nameEnd) : undefined,
      fault: nameStart > line.start + 1 || value === '' ? 'space-before-name' : closed ? undefined : 'missing-bracket',
      openQuotes: this.#openQuotes,
    };
  }

  /** `</Name>`: the first word must end with `>`; what follows is ignored. */
  close(start: number, end: number): Tag {
    const line = logicalLine(this.#source, start, end);
    const { text } = line;
    const trimmed = trimmedEnd(text, line.start, line.end);
    const firstEnd = bareEnd(text, line.start, trimmed);
    const closed = text[firstEnd - 1] === '>';
    const nameStart = Math.min(line.start + 2, firstEnd);
    const nameEnd = Math.max(nameStart, closed ? firstEnd - 1 : firstEnd);
    const value = this.#strings.cut(text, nameStart, nameEnd);
    const name = this.#name(line, line.offsetAt(nameStart - 1) + 1, line.endOffset(nameEnd), value);
    return {
      span: { start, end: line.endOffset(firstEnd) },
      name,
      key: this.#strings.lowerCased(value),
      args: [],
      rest: restAfter(line, firstEnd, trimmed),
      strayBracket: undefined,
      fault: closed ? undefined : 'missing-bracket',
      openQuotes: [],
    };
  }

  #name(line: LogicalLine, start: number, behind: number, value: string): Word {
    const end = Math.max(start, behind);
    return { start, end, raw: line.isWhole ? value : this.#source.slice(start, end), value, quote: '' };
  }
}

/** -1 where no `>` stands from `from` on. */
function lastBracket(text: string, from: number, end: number): number {
  let at = end - 1;
  while (at >= from && text[at] !== '>') at--;
  return at < from ? -1 : at;
}

function spanAt(line: LogicalLine, index: number): Span {
  return { start: line.offsetAt(index), end: line.offsetAt(index) + 1 };
}

function restAfter(line: LogicalLine, from: number, trimmed: number): Span | undefined {
  const start = skipSpace(line.text, from, trimmed);
  return start < trimmed ? { start: line.offsetAt(start), end: line.endOffset(trimmed) } : undefined;
}
