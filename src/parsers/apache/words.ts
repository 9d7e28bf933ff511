/** Words of a logical line, as httpd's `ap_getword_conf` (server/util.c) splits them. */
import type { Quote, Word } from '../../syntax/tree.ts';
import type { LogicalLine } from './lines.ts';

/** A word by indexes into the logical line; the quotes belong to it. */
export interface RawWord {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly quote: Quote;
  /** False for a quoted word that the line end closes, which httpd accepts. */
  readonly closed: boolean;
}

/** `apr_isspace`: white space of the C locale. */
export function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

export function skipSpace(text: string, from: number, end = text.length): number {
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

/** The next word at or after `from`; undefined when only white space is left before `end`. */
export function nextWord(text: string, from: number, end: number): RawWord | undefined {
  const start = skipSpace(text, from, end);
  if (start >= end) return undefined;
  const first = text[start];
  return first === '"' || first === "'" ? quotedWord(text, start, end, first) : bareWord(text, start, end);
}

export function bareWord(text: string, start: number, end: number): RawWord {
  let at = start;
  while (at < end && !isSpace(text.charCodeAt(at))) at++;
  return { start, end: at, value: unescape(text.slice(start, at), ''), quote: '', closed: true };
}

function quotedWord(text: string, start: number, end: number, quote: '"' | "'"): RawWord {
  let at = start + 1;
  while (at < end && text[at] !== quote) {
    const escaped = text[at] === '\\' && at + 1 < end && (text[at + 1] === quote || text[at + 1] === '\\');
    at += escaped ? 2 : 1;
  }
  const closed = at < end;
  return {
    start,
    end: closed ? at + 1 : end,
    value: unescape(text.slice(start + 1, Math.min(at, end)), quote),
    quote,
    closed,
  };
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

/** Calls `visit` for each word between two indexes. */
export function eachWord(text: string, from: number, end: number, visit: (word: RawWord) => void): void {
  for (let word = nextWord(text, from, end); word; word = nextWord(text, word.end, end)) visit(word);
}

/** Directives that split their arguments by themselves. */
const rewriteDirectives: ReadonlySet<string> = new Set(['rewriterule', 'rewritecond']);

/** Calls `visit` for each word of a line that holds a directive, its name first. */
export function eachWordOfDirective(text: string, visit: (word: RawWord) => void): void {
  const name = nextWord(text, 0, text.length);
  if (!name) return;
  visit(name);
  if (rewriteDirectives.has(name.value.toLowerCase())) eachRewriteWord(text, name.end, visit);
  else eachWord(text, name.end, text.length, visit);
}

/** `parseargline` of mod_rewrite: three words, in which a backslash joins white space and escapes nothing else. */
function eachRewriteWord(text: string, from: number, visit: (word: RawWord) => void): void {
  let at = from;
  for (let count = 0; count < 3; count++) {
    const start = skipSpace(text, at);
    if (start >= text.length) return;
    const quote = text[start] === '"' || text[start] === "'" ? text[start] : '';
    const inner = start + quote.length;
    let end = inner;
    while (end < text.length && !(quote ? text[end] === quote : isSpace(text.charCodeAt(end))))
      end += text[end] === '\\' && isSpace(text.charCodeAt(end + 1)) ? 2 : 1;
    end = Math.min(end, text.length);
    at = Math.min(end + quote.length, text.length);
    visit({ start, end: at, value: text.slice(inner, end), quote, closed: quote === '' || end < text.length });
  }
}

/** Offset in the file just behind the character before `index`, so that a continuation after it stays outside. */
export function endOffset(line: LogicalLine, index: number): number {
  return index === 0 ? line.offsetAt(0) : line.offsetAt(index - 1) + 1;
}

export function toWord(source: string, line: LogicalLine, word: RawWord): Word {
  const start = line.offsetAt(word.start);
  const end = endOffset(line, word.end);
  return { start, end, raw: source.slice(start, end), value: word.value, quote: word.quote };
}
