/** Words of a logical line, as httpd's `ap_getword_conf` (server/util.c) splits them. */
import type { Quote, Word } from '../../syntax/tree.ts';
import { mixed, type SharedStrings } from '../shared/shared-strings.ts';
import type { LogicalLine } from './lines.ts';

const doubleQuote = 0x22;
const singleQuote = 0x27;

/** `apr_isspace`: white space of the C locale. */
export function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

export function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Index behind the last character that is no white space. */
export function trimmedEnd(text: string, from = 0, end = text.length): number {
  let at = end;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Index behind a word without quotes. */
export function bareEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** `substring_conf`: a backslash escapes itself, and inside quotes the quote. */
function unescape(text: string, quote: Quote): string {
  if (!text.includes('\\')) return text;
  let value = '';
  for (let at = 0; at < text.length; at++) {
    const next = text[at + 1];
    if (text[at] === '\\' && next !== undefined && (next === '\\' || next === quote)) at++;
    value += text[at];
  }
  return value;
}

/** Directives that split their arguments by themselves. */
const rewriteDirectives: ReadonlySet<string> = new Set(['rewriterule', 'rewritecond']);

/** `isClosed` is false for a quoted word that the line end closes, which httpd accepts. */
export type VisitWord = (word: Word, isClosed: boolean) => void;

/** Gives the words of one line after the other to `visit`. */
export class WordReader {
  readonly #source: string;
  readonly #strings: SharedStrings;
  readonly #visit: VisitWord;

  /** @param source the text of the file whose lines are read */
  constructor(source: string, strings: SharedStrings, visit: VisitWord) {
    this.#source = source;
    this.#strings = strings;
    this.#visit = visit;
  }

  /**
   * The first word of a line.
   *
   * @returns the index behind it
   */
  name(line: LogicalLine): number {
    const { text, end } = line;
    const start = skipSpace(text, line.start, end);
    return start < end ? this.#word(line, start, end) : end;
  }

  /** @param key of the directive, whose name ends at `from` */
  args(line: LogicalLine, key: string, from: number): void {
    if (rewriteDirectives.has(key)) this.#rewriteWords(line, from);
    else this.between(line, from, line.end);
  }

  /** The words between two indexes of a line. */
  between(line: LogicalLine, from: number, end: number): void {
    const { text } = line;
    for (let at = skipSpace(text, from, end); at < end; at = skipSpace(text, at, end)) at = this.#word(line, at, end);
  }

  /** @returns the index behind the word */
  #word(line: LogicalLine, start: number, end: number): number {
    const { text } = line;
    const first = text.charCodeAt(start);
    return first === doubleQuote || first === singleQuote
      ? this.#quotedWord(line, start, end, first === doubleQuote ? '"' : "'")
      : this.#bareWord(line, start, end);
  }

  #bareWord(line: LogicalLine, start: number, end: number): number {
    const { text } = line;
    let at = start;
    let hash = 0;
    for (; at < end; at++) {
      const char = text.charCodeAt(at);
      if (isSpace(char)) break;
      hash = mixed(hash, char);
    }
    const raw = this.#strings.slice(text, start, at, hash);
    this.#give(line, start, at, raw, unescape(raw, ''), '', true);
    return at;
  }

  #quotedWord(line: LogicalLine, start: number, end: number, quote: '"' | "'"): number {
    const { text } = line;
    let at = start + 1;
    while (at < end && text[at] !== quote) {
      const escaped = text[at] === '\\' && at + 1 < end && (text[at + 1] === quote || text[at + 1] === '\\');
      at += escaped ? 2 : 1;
    }
    const isClosed = at < end;
    const behind = isClosed ? at + 1 : end;
    const value = unescape(text.slice(start + 1, Math.min(at, end)), quote);
    this.#give(line, start, behind, text.slice(start, behind), value, quote, isClosed);
    return behind;
  }

  /** `parseargline` of mod_rewrite: three words, in which a backslash joins white space and escapes nothing else. */
  #rewriteWords(line: LogicalLine, from: number): void {
    const { text, end } = line;
    let at = from;
    for (let count = 0; count < 3; count++) {
      const start = skipSpace(text, at, end);
      if (start >= end) return;
      const quote = text[start] === '"' || text[start] === "'" ? text[start] : '';
      const inner = start + quote.length;
      let stop = inner;
      while (stop < end && !(quote ? text[stop] === quote : isSpace(text.charCodeAt(stop))))
        stop += text[stop] === '\\' && stop + 1 < end && isSpace(text.charCodeAt(stop + 1)) ? 2 : 1;
      stop = Math.min(stop, end);
      at = Math.min(stop + quote.length, end);
      this.#give(line, start, at, text.slice(start, at), text.slice(inner, stop), quote, quote === '' || stop < end);
    }
  }

  #give(
    line: LogicalLine,
    from: number,
    behind: number,
    written: string,
    value: string,
    quote: Quote,
    isClosed: boolean,
  ): void {
    const start = line.offsetAt(from);
    const end = line.endOffset(behind);
    const raw = line.isWhole ? written : this.#source.slice(start, end);
    this.#visit({ start, end, raw, value, quote }, isClosed);
  }
}
