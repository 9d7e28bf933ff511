/** Splits an expression into tokens (server/util_expr_scan.l). */
import { giveUp } from '../../../model/unknown.ts';
import { wordTable } from '../../../text/word-table.ts';

/** A piece of a string. */
export type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string; readonly argument: string }
  | { readonly kind: 'capture'; readonly index: number };

export type Token =
  | { readonly kind: 'string'; readonly parts: readonly Part[] }
  /** A number, a function, `true`, or an operator of letters. */
  | { readonly kind: 'word'; readonly text: string }
  /** `-n`, `-eq`: without the dash. */
  | { readonly kind: 'option'; readonly text: string }
  | { readonly kind: 'operator'; readonly text: string }
  | { readonly kind: 'regex'; readonly pattern: string; readonly flags: string };

const operators = ['&&', '||', '==', '!=', '=~', '!~', '<=', '>=', '=', '<', '>', '!', '(', ')', '{', '}', ',', '.'];

export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const fail = (): never => giveUp(`The expression "${source}" is beyond this tracer.`);
  while (at < source.length) {
    const rest = source.slice(at);
    const character = source[at]!;
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const last = tokens.at(-1);
    if (last?.kind === 'operator' && (last.text === '=~' || last.text === '!~')) {
      const regex = readRegex(rest) ?? fail();
      tokens.push(regex.token);
      at += regex.length;
      continue;
    }
    if (character === '"' || character === "'") {
      const string = readString(rest, character) ?? fail();
      tokens.push({ kind: 'string', parts: string.parts });
      at += string.length;
      continue;
    }
    const match = /^%\{([^}]*)\}|^\$(\d)|^-([A-Za-z]+)|^\w+/.exec(rest);
    if (match) {
      at += match[0].length;
      if (match[1] !== undefined) tokens.push({ kind: 'string', parts: [reference(match[1])] });
      else if (match[2] !== undefined)
        tokens.push({ kind: 'string', parts: [{ kind: 'capture', index: Number(match[2]) }] });
      else if (match[3] !== undefined) tokens.push({ kind: 'option', text: match[3] });
      else tokens.push({ kind: 'word', text: match[0] });
      continue;
    }
    const operator = operators.find((text) => rest.startsWith(text)) ?? fail();
    tokens.push({ kind: 'operator', text: operator });
    at += operator.length;
  }
  return tokens;
}

function readRegex(rest: string): { token: Token; length: number } | undefined {
  const match = /^(?:\/((?:[^/\\]|\\[^])*)\/|m([^\w\s])([^]*?)\2)([ismg]*)/.exec(rest);
  if (!match) return undefined;
  const pattern = match[1] === undefined ? match[3]! : match[1].replaceAll('\\/', '/');
  return { token: { kind: 'regex', pattern, flags: match[4]! }, length: match[0].length };
}

function readString(rest: string, quote: string): { parts: Part[]; length: number } | undefined {
  const parts: Part[] = [];
  let literal = '';
  let at = 1;
  const flush = (): void => {
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
  };
  while (at < rest.length) {
    const character = rest[at]!;
    if (character === quote) {
      flush();
      return { parts, length: at + 1 };
    }
    const special = /^%\{([^}]*)\}|^\$(\d)/.exec(rest.slice(at));
    if (special) {
      flush();
      parts.push(special[1] === undefined ? { kind: 'capture', index: Number(special[2]) } : reference(special[1]));
      at += special[0].length;
    } else if (character === '\\' && at + 1 < rest.length) {
      literal += unescaped[rest[at + 1]!] ?? rest[at + 1]!;
      at += 2;
    } else {
      literal += character;
      at++;
    }
  }
  return undefined;
}

const unescaped: Readonly<Record<string, string>> = wordTable({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' });

/** `NAME` or `function:argument`. */
function reference(text: string): Part {
  const colon = text.indexOf(':');
  if (colon === -1) return { kind: 'variable', name: text };
  return { kind: 'function', name: text.slice(0, colon), argument: text.slice(colon + 1) };
}
