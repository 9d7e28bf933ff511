/**
 * Makes the tokens of a text, for Chevrotain's parser. Its own lexer tries a regular expression for each token and takes milliseconds to
 * be set up; what nginx takes for a token is told by its first character.
 */
import type { IToken, TokenType } from 'chevrotain';
import { mixed, SharedStrings } from '../shared/shared-strings.ts';
import { matchRawBlock } from './raw-block.ts';
import { CloseBrace, OpenBrace, Quoted, RawBlock, Semicolon, UnclosedQuote, WordToken } from './tokens.ts';

export interface Tokens {
  readonly tokens: IToken[];
  readonly comments: readonly Piece[];
}

/** A piece of a text, and where it begins. */
export interface Piece {
  readonly startOffset: number;
  readonly image: string;
}

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const doubleQuote = 0x22;
const hash = 0x23;
const dollar = 0x24;
const singleQuote = 0x27;
const semicolon = 0x3b;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

export function scanNginx(text: string): Tokens {
  const tokens: IToken[] = [];
  const comments: Piece[] = [];
  const words = new Words(text);
  const unclosedBlocks = { count: 0 };
  let at = 0;
  while (at < text.length) {
    const start = at;
    switch (text.charCodeAt(start)) {
      case space:
      case lineFeed:
      case tab:
      case carriageReturn:
        at++;
        continue;
      case semicolon:
        tokens.push(token(Semicolon, start, ';'));
        at++;
        continue;
      case closeBrace:
        tokens.push(token(CloseBrace, start, '}'));
        at++;
        continue;
      case openBrace: {
        const raw = matchRawBlock(text, start, tokens, unclosedBlocks);
        if (raw) tokens.push({ ...token(RawBlock, start, raw.image), payload: { isClosed: raw.isClosed } });
        else tokens.push(token(OpenBrace, start, '{'));
        at += raw ? raw.image.length : 1;
        continue;
      }
      case hash: {
        // Only a line feed ends it: the carriage return of a CRLF is still part of the comment.
        const end = text.indexOf('\n', start);
        at = end === -1 ? text.length : end;
        comments.push({ startOffset: start, image: text.slice(start, at) });
        continue;
      }
      case doubleQuote:
      case singleQuote: {
        const quoted = quotedAt(text, start);
        tokens.push(quoted);
        at += quoted.image.length;
        continue;
      }
      default: {
        const word = words.at(start);
        tokens.push(word);
        at = word.end;
      }
    }
  }
  return { tokens, comments };
}

function token(tokenType: TokenType, startOffset: number, image: string): IToken {
  return { image, startOffset, tokenTypeIdx: tokenType.tokenTypeIdx!, tokenType };
}

/**
 * A quote without a partner ends with its line, before a `;` or `{` there, which keeps the rest of the file readable; nginx reads on to the
 * end of the file.
 */
const unclosed = /["'][^\r\n;{]*(?:[;{](?![ \t]*(?:[\r\n]|(?![^])))[^\r\n;{]*)*/y;

function quotedAt(text: string, start: number): IToken {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) return token(Quoted, start, text.slice(start, at + 1));
    if (char === backslash) at++;
  }
  unclosed.lastIndex = start;
  return token(UnclosedQuote, start, unclosed.exec(text)![0]);
}

/** The words of a text. */
class Words {
  readonly #text: string;
  readonly #strings: SharedStrings;

  constructor(text: string) {
    this.#text = text;
    this.#strings = new SharedStrings(text.length);
  }

  at(start: number): WordToken {
    const text = this.#text;
    const { length } = text;
    let at = start;
    let hash = 0;
    for (; at < length; at++) {
      const char = text.charCodeAt(at);
      hash = mixed(hash, char);
      // Few characters are below these, so that most need no further comparison.
      if (char <= space) {
        if (char === space || char === lineFeed || char === tab || char === carriageReturn) break;
      } else if (char === semicolon || char === openBrace) break;
      else if (char === backslash) at++;
      else if (char === dollar) while (text.charCodeAt(at + 1) === openBrace) at++;
    }
    // A backslash may be the last character.
    return new WordToken(this.#strings.slice(text, start, Math.min(at, length), hash), start);
  }
}
