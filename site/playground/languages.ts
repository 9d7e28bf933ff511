/** Colours for the three dialects: what stands where, not what it means. */
import { StreamLanguage, type StreamParser } from '@codemirror/language';
import type { Dialect } from './protocol.ts';

interface Reading {
  /** The next word is the name of a directive. */
  atName: boolean;
  /** The quotation mark of a string that goes on. */
  quote: string | undefined;
}

const variable = /^(?:\$\{?[A-Za-z0-9_]+\}?|%\{[^}\s]*\}|\$\{[^}\s]*\})/;
const number = /^\d+(?:\.\d+)*[a-zA-Z]{0,2}(?=[\s;,)\]}]|$)/;

const namePatterns: Readonly<Record<Dialect, RegExp>> = {
  nginx: /^[^\s;{}"']+/,
  apache: /^[^\s>]+/,
  sslh: /^[^\s:={}();,[\]]+/,
};

function parserOf(dialect: Dialect): StreamParser<Reading> {
  const isByLine = dialect === 'apache';
  return {
    name: dialect,
    startState: () => ({ atName: true, quote: undefined }),
    languageData: { commentTokens: { line: '#' }, closeBrackets: { brackets: ['(', '[', '{', '"', "'"] } },
    token(stream, state) {
      if (stream.sol() && isByLine && state.quote === undefined) state.atName = true;
      if (state.quote !== undefined) return inString(stream, state);
      if (stream.eatSpace()) return null;
      if (stream.peek() === '#' && (!isByLine || state.atName)) {
        stream.skipToEnd();
        return 'comment';
      }
      if (dialect === 'sslh' && stream.match(/^(?:\/\/.*|\/\*.*?\*\/)/)) return 'comment';
      if (isByLine && state.atName && stream.match(/^<\/?[A-Za-z]*/)) {
        state.atName = false;
        return 'tagName';
      }
      if (isByLine && stream.match(/^>\s*$/)) return 'tagName';
      if (stream.match(variable)) return 'variableName.special';
      const next = stream.peek()!;
      if (/["']/.test(next)) {
        state.quote = next;
        stream.next();
        return inString(stream, state);
      }
      if (/[{};()[\],]/.test(next) && !isByLine) {
        stream.next();
        if (next !== ')' && next !== ']') state.atName = true;
        return 'punctuation';
      }
      if (isByLine && stream.match(/^\\$/)) return 'escape';
      if (state.atName) {
        state.atName = false;
        if (!stream.match(namePatterns[dialect])) stream.next();
        return 'keyword';
      }
      if (stream.match(number)) return 'number';
      if (dialect === 'sslh' && stream.match(/^[:=]/)) return 'operator';
      if (stream.match(/^(?:on|off|true|false)(?=[\s;>]|$)/i)) return 'atom';
      if (!stream.match(/^[^\s;{}$%"'()[\],:=>]+/)) stream.next();
      return null;
    },
    blankLine: () => undefined,
  };
}

function inString(stream: Parameters<StreamParser<Reading>['token']>[0], state: Reading): string {
  while (!stream.eol()) {
    const character = stream.next();
    if (character === '\\') stream.next();
    else if (character === state.quote) {
      state.quote = undefined;
      break;
    }
  }
  return 'string';
}

const languages = { nginx: define('nginx'), apache: define('apache'), sslh: define('sslh') };

export function languageFor(dialect: Dialect): StreamLanguage<Reading> {
  return languages[dialect];
}

function define(dialect: Dialect): StreamLanguage<Reading> {
  return StreamLanguage.define(parserOf(dialect));
}
