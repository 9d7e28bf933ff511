/** The tokens of nginx, as `ngx_conf_read_token` in nginx's src/core/ngx_conf_file.c makes them. */
import { createToken, Lexer, type CustomPatternMatcherReturn, type IToken, type TokenType } from 'chevrotain';
import type { Quote, Word as WordNode } from '../../syntax/tree.ts';
import { isShipped } from '../shared/shipped.ts';
import { endOfLuaBlock } from './lua.ts';
import { wordTable } from '../../text/word-table.ts';

// What a bare word may hold after its first character: `\` takes the next character, `$` any `{` after it.
const plain = String.raw`[^ \t\r\n;{\\$]`;
const special = String.raw`(?:\\[^]?|\$\{*)`;
// A complement set would do, but Chevrotain needs to know the characters that a token can begin with.
const first = String.raw`[\0-\x08\x0b\x0c\x0e-\x1f!%&\x28-:\x3c-\x5b\x5d-z|~-\uffff]`;

/** A name or argument. The category of its quoted forms as well. */
export const Word = createToken({
  name: 'Word',
  pattern: new RegExp(`(?:${first}|${special})${plain}*(?:${special}${plain}*)*`),
  line_breaks: true,
});

export const Quoted = createToken({
  name: 'Quoted',
  pattern: /"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'/,
  categories: Word,
  line_breaks: true,
});

/**
 * A quote without a partner. nginx reads on to the end of the file; ending it with its line, before a `;` or `{`
 * there, keeps the rest of the file readable.
 */
export const UnclosedQuote = createToken({
  name: 'UnclosedQuote',
  pattern: /["'][^\r\n;{]*(?:[;{](?![ \t]*(?:[\r\n]|(?![^])))[^\r\n;{]*)*/,
  categories: Word,
  line_breaks: false,
});

export const Semicolon = createToken({ name: 'Semicolon', pattern: ';' });
export const OpenBrace = createToken({ name: 'OpenBrace', pattern: '{' });
export const CloseBrace = createToken({ name: 'CloseBrace', pattern: '}' });

/** The braces of a `*_by_lua_block` with all between them. Its payload is `{ isClosed: boolean }`. */
export const RawBlock = createToken({
  name: 'RawBlock',
  pattern: { exec: matchRawBlock },
  start_chars_hint: ['{'],
  line_breaks: true,
});

const WhiteSpace = createToken({
  name: 'WhiteSpace',
  pattern: /[ \t\r\n]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** Only a line feed ends it: the carriage return of a CRLF is still part of the image. */
const Comment = createToken({ name: 'Comment', pattern: /#[^\n]*/, group: 'comments', line_breaks: false });

export const tokenTypes = [
  WhiteSpace,
  Word,
  Semicolon,
  RawBlock,
  OpenBrace,
  CloseBrace,
  Quoted,
  UnclosedQuote,
  Comment,
];

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

export class NginxLexer extends Lexer {
  /** Chevrotain's own maker of tokens, which its constructor sets. */
  declare createTokenInstance: (
    image: string,
    startOffset: number,
    tokenTypeIdx: number,
    tokenType: TokenType,
  ) => IToken;

  constructor() {
    super(tokenTypes, { ensureOptimizations: true, positionTracking: 'onlyOffset', skipValidations: isShipped });
    this.createTokenInstance = (image, startOffset, tokenTypeIdx, tokenType) =>
      tokenType === Word ? new WordToken(image, startOffset) : { image, startOffset, tokenTypeIdx, tokenType };
  }
}

/** Lua blocks without an end that were met in one text: each costs a search to the end of the file. */
const unclosed = new WeakMap<object, number>();
const maxUnclosed = 20;

function matchRawBlock(
  text: string,
  offset: number,
  before: readonly IToken[],
  groups: Record<string, IToken[]>,
): CustomPatternMatcherReturn | null {
  let name: IToken | undefined;
  for (let at = before.length - 1; at >= 0 && isWord(before[at]!); at--) name = before[at];
  if (!name || !/_by_lua_block["']?$/.test(name.image)) return null;
  const failures = unclosed.get(groups) ?? 0;
  let end = failures < maxUnclosed ? endOfLuaBlock(text, offset) : -1;
  const isClosed = end !== -1;
  if (!isClosed) {
    unclosed.set(groups, failures + 1);
    end = endByLayout(text, offset, name.startOffset);
  }
  return Object.assign([text.slice(offset, end)] as [string], { payload: { isClosed } });
}

function isWord(token: IToken): boolean {
  return token.tokenType === Word || token.tokenType === Quoted || token.tokenType === UnclosedQuote;
}

/** A guess where a Lua block ends that is never closed: after the first `}` indented no more than the directive. */
function endByLayout(text: string, offset: number, nameStart: number): number {
  const indent = nameStart - 1 - text.lastIndexOf('\n', nameStart - 1);
  const close = new RegExp(String.raw`\n[ \t]{0,${Math.min(indent, 200)}}\}`, 'g');
  close.lastIndex = offset;
  return close.test(text) ? close.lastIndex : text.length;
}
