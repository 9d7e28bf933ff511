/** The tokens of nginx, as `ngx_conf_read_token` in nginx's src/core/ngx_conf_file.c makes them; `scan.ts` finds them in a text. */
import { createToken, type IToken, type TokenType } from 'chevrotain';
import type { Quote, Word as WordNode } from '../../syntax/tree.ts';
import { wordTable } from '../../text/word-table.ts';

/** A name or argument. The category of its quoted forms as well. */
export const Word = createToken({ name: 'Word' });

export const Quoted = createToken({ name: 'Quoted', categories: Word });

/** A quote without a partner. */
export const UnclosedQuote = createToken({ name: 'UnclosedQuote', categories: Word });

export const Semicolon = createToken({ name: 'Semicolon' });
export const OpenBrace = createToken({ name: 'OpenBrace' });
export const CloseBrace = createToken({ name: 'CloseBrace' });

/** The braces of a `*_by_lua_block` with all between them. Its payload is `{ isClosed: boolean }`. */
export const RawBlock = createToken({ name: 'RawBlock' });

export const tokenTypes = [Word, Semicolon, RawBlock, OpenBrace, CloseBrace, Quoted, UnclosedQuote];

export function isWord({ tokenType }: IToken): boolean {
  return tokenType === Word || tokenType === Quoted || tokenType === UnclosedQuote;
}

/**
 * A token that is at once the word in the syntax tree: most of the tokens of a file are words, and most of what
 * reading it costs is memory.
 */
export class WordToken implements WordNode, IToken {
  declare readonly tokenType: TokenType;
  declare readonly tokenTypeIdx: number;
  readonly start: number;
  readonly end: number;
  readonly raw: string;
  readonly value: string;
  readonly quote: Quote = '';

  constructor(raw: string, start: number) {
    this.start = start;
    this.end = start + raw.length;
    this.raw = raw;
    this.value = raw.includes('\\') ? unescape(raw) : raw;
  }

  get image(): string {
    return this.raw;
  }

  get startOffset(): number {
    return this.start;
  }
}

// On the prototype, so that the words in the tree do not hold them.
Object.assign(WordToken.prototype, { tokenType: Word, tokenTypeIdx: Word.tokenTypeIdx });

const escapes: Readonly<Record<string, string>> = wordTable({ t: '\t', r: '\r', n: '\n' });

/** Resolves the escapes in a word, quoted or not. A backslash before any other character stays. */
export function unescape(text: string): string {
  return text.replace(/\\(["'\\trn])/g, (_, char: string) => escapes[char] ?? char);
}
