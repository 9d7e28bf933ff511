/** Cuts a text into statements as nginx would, but line by line: what is no config, or a broken one, must not lose the rest. */
import { endOfLuaBlock } from '../../../parsers/nginx/lua.ts';

export interface Statement {
  readonly words: readonly string[];
  /** What it ends with; undefined at the end of a line on which nothing ended it. */
  readonly end: ';' | '{' | '}' | undefined;
  /** It stands on the next line of one that did not end. */
  readonly isContinued: boolean;
}

const space = /[^\S\n]+/y;
// A quoted word may reach over lines.
const token = /\n|#[^\n]*|"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'|[;{}]|(?:\\[^\n]|\$\{|[^\s;{\\])+|\\/y;
/** For texts with a quote that nothing ends: there it ends with its line. */
const lineToken =
  /\n|#[^\n]*|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|["'][^\n;{]*|[;{}]|(?:\\[^\n]|\$\{|[^\s;{\\])+|\\/y;
/** A quote that reaches over more than this is one that was forgotten. */
const longestQuote = 4000;
const longestWord = 500;

export function* nginxStatements(text: string): Generator<Statement> {
  let words: string[] = [];
  let isContinued = false;
  /** A line that nothing ended: a brace on the next line does. */
  let pending: Statement | undefined;
  for (const found of tokens(text)) {
    if (found === '\n') {
      if (words.length === 0) continue;
      if (pending) yield pending;
      pending = { words, end: undefined, isContinued };
      words = [];
      isContinued = true;
    } else if (found !== ';' && found !== '{' && found !== '}') words.push(found.slice(0, longestWord));
    else {
      if (found === '{' && words.length === 0 && pending)
        ({ words, isContinued } = { ...pending, words: [...pending.words] });
      else if (pending) yield pending;
      pending = undefined;
      if (found === '}') {
        if (words.length > 0) yield { words, end: undefined, isContinued };
        words = [];
      }
      if (words.length > 0 || found !== ';') yield { words, end: found, isContinued: isContinued && words.length > 0 };
      words = [];
      isContinued = false;
    }
  }
  if (pending) yield pending;
  if (words.length > 0) yield { words, end: undefined, isContinued };
}

/** Words, line ends and `;{}`; comments and the bodies of Lua blocks are left out. */
function* tokens(text: string): Generator<string> {
  let pattern = token;
  let first = '';
  for (let at = 0; at < text.length;) {
    space.lastIndex = at;
    if (space.test(text)) at = space.lastIndex;
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) {
      at++;
      continue;
    }
    if (pattern === token && /^["']/.test(found) && (found.length > longestQuote || !/.["']$/.test(found))) {
      // Each further one would be looked for up to the end of the text.
      pattern = lineToken;
      continue;
    }
    at += found.length;
    if (found.startsWith('#')) continue;
    yield found;
    if (found === ';' || found === '}') first = '';
    else if (found === '{') {
      const end = first.endsWith('_by_lua_block') ? endOfLuaBlock(text, at - 1) : -1;
      if (end !== -1) {
        at = end;
        yield '}';
      }
      first = '';
    } else if (found !== '\n' && first === '') first = found;
  }
}
