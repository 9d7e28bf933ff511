/**
 * Translates PCRE patterns, as nginx and httpd compile them, to JavaScript regular expressions over byte
 * strings (one character a byte, no UTF mode). What has no exact counterpart is refused with undefined.
 */
import { isTemplated } from '../text/template/placeholder.ts';
import { boundedRegex, type BoundedRegex } from './match.ts';
import { wordTable } from '../text/word-table.ts';

const posixClasses: Readonly<Record<string, string>> = wordTable({
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\t-\\r ',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~',
  graph: '!-~',
});

const escapes: Readonly<Record<string, string>> = wordTable({
  A: '^',
  z: '$',
  Z: '(?=\\n?$)',
  h: '[ \\t]',
  H: '[^ \\t]',
  R: '(?:\\r\\n|[\\n-\\r\\x85])',
  N: '[^\\n]',
  a: '\\x07',
  e: '\\x1b',
  // JavaScript's \s knows Unicode spaces; PCRE's does not (0xa0 is one of them).
  s: '[\\t-\\r ]',
  S: '[^\\t-\\r ]',
});

const classEscapes: Readonly<Record<string, string>> = wordTable({
  h: ' \\t',
  H: '\\x00-\\x08\\n-\\x1f!-\\xff',
  s: '\\t-\\r ',
  S: '\\x00-\\x08\\x0e-\\x1f!-\\xff',
  v: '\\n-\\r\\x85',
  a: '\\x07',
  e: '\\x1b',
});

/**
 * Undefined where the pattern is invalid or uses what cannot be translated. `dollarEndOnly`: `$` does not match before a final
 * newline, as httpd compiles patterns.
 */
export function compilePcre(
  pattern: string,
  caseInsensitive: boolean,
  dollarEndOnly = false,
): BoundedRegex | undefined {
  const translation = translate(pattern, { dollarEndOnly, atomic: true });
  if (translation === undefined) return undefined;
  const insensitive = caseInsensitive || translation.flags.includes('i');
  const flags = `${insensitive ? 'i' : ''}${translation.flags.includes('m') ? 'm' : ''}`;
  return boundedRegex(translation.source, flags, pattern);
}

export interface Translation {
  readonly source: string;
  /** Of a leading `(?ims)`. */
  readonly flags: string;
}

/** To an expression of JavaScript. */
export function translatePcre(pattern: string): Translation | undefined {
  return translate(pattern, { dollarEndOnly: false, atomic: false });
}

interface Dialect {
  readonly dollarEndOnly: boolean;
  /** Whether atomic groups and possessive quantifiers, which JavaScript does not have, are written as PCRE writes them. */
  readonly atomic: boolean;
}

function translate(pattern: string, dialect: Dialect): Translation | undefined {
  if (isTemplated(pattern)) return undefined;
  let flags = '';
  let rest = pattern;
  const leading = /^\(\?([ims]+)\)/.exec(rest);
  if (leading) {
    flags = leading[1]!;
    rest = rest.slice(leading[0].length);
  }
  const source = translateBody(rest, flags, dialect);
  return source === undefined ? undefined : { source, flags };
}

function translateBody(pattern: string, flags: string, { dollarEndOnly, atomic }: Dialect): string | undefined {
  let out = '';
  let at = 0;
  while (at < pattern.length) {
    const character = pattern[at]!;
    const next = pattern[at + 1];
    if (character === '\\') {
      const piece = translateEscape(pattern, at);
      if (!piece) return undefined;
      out += piece.source;
      at = piece.end;
    } else if (character === '[') {
      const piece = translateClass(pattern, at);
      if (!piece) return undefined;
      out += piece.source;
      at = piece.end;
    } else if (character === '(' && next === '?') {
      const group = /^\(\?(?:P?<([A-Za-z_]\w{0,127})>|'([A-Za-z_]\w{0,127})'|([:=!>]|<=|<!))/.exec(
        pattern.slice(at, at + 140),
      );
      // Conditionals, recursion, inline flags in the middle, comments.
      if (!group || (group[3] === '>' && !atomic)) return undefined;
      const name = group[1] ?? group[2];
      out += name === undefined ? `(?${group[3]}` : `(?<${name}>`;
      at += group[0].length;
    } else if (character === '(' && next === '*') {
      return undefined;
    } else if (character === '$') {
      // Without multi-line mode PCRE's $ also matches before a final newline.
      out += flags.includes('m') || dollarEndOnly ? '$' : '(?=\\n?$)';
      at += 1;
    } else if (character === '.') {
      out += flags.includes('s') ? '[^]' : '[^\\n]';
      at += 1;
    } else if ('*+?'.includes(character) && next === '+') {
      if (!atomic) return undefined;
      out += `${character}+`;
      at += 2;
    } else if (character === '{') {
      const quantifier = /^\{(\d+)?(?:(,)(\d+)?)?\}/.exec(pattern.slice(at));
      const counted = quantifier && quantifier[1] !== undefined;
      out += counted ? quantifier[0] : '\\{';
      at += counted ? quantifier[0].length : 1;
      if (counted && pattern[at] === '+' && !atomic) return undefined;
    } else if (character === '}' || character === ']') {
      out += `\\${character}`;
      at += 1;
    } else {
      out += character;
      at += 1;
    }
  }
  return out;
}

interface Piece {
  readonly source: string;
  readonly end: number;
}

function translateEscape(pattern: string, at: number): Piece | undefined {
  const character = pattern[at + 1];
  if (character === undefined) return undefined;
  const known = escapes[character];
  if (known !== undefined) return { source: known, end: at + 2 };
  if (character === 'Q') {
    const stop = pattern.indexOf('\\E', at + 2);
    const literal = pattern.slice(at + 2, stop === -1 ? undefined : stop);
    return { source: quoteLiteral(literal), end: stop === -1 ? pattern.length : stop + 2 };
  }
  const reference = /^\\(?:k<(\w+)>|k\{(\w+)\}|k'(\w+)'|g\{?(\d+)\}?)/.exec(pattern.slice(at));
  if (reference) {
    const name = reference[1] ?? reference[2] ?? reference[3];
    return { source: name === undefined ? `(?:\\${reference[4]})` : `\\k<${name}>`, end: at + reference[0].length };
  }
  const hex = /^\\x\{([0-9A-Fa-f]{1,2})\}/.exec(pattern.slice(at));
  if (hex) return { source: `\\x${hex[1]!.padStart(2, '0')}`, end: at + hex[0].length };
  if ('dDwWbBtnrf0123456789'.includes(character)) return { source: `\\${character}`, end: at + 2 };
  if (character === 'v') return { source: '[\\n-\\r\\x85]', end: at + 2 };
  if (character === 'x') {
    const digits = /^[0-9A-Fa-f]{0,2}/.exec(pattern.slice(at + 2))![0];
    return { source: `\\x${digits.padStart(2, '0')}`, end: at + 2 + digits.length };
  }
  if (/[A-Za-z]/.test(character)) return undefined;
  return { source: quoteLiteral(character), end: at + 2 };
}

function translateClass(pattern: string, at: number): Piece | undefined {
  let position = at + 1;
  let out = '[';
  if (pattern[position] === '^') {
    out += '^';
    position++;
  }
  // A bracket in the first place is a literal one.
  if (pattern[position] === ']') {
    out += '\\]';
    position++;
  }
  while (position < pattern.length) {
    const character = pattern[position]!;
    if (character === ']') return { source: `${out}]`, end: position + 1 };
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(pattern.slice(position, position + 14));
    if (posix) {
      const members = posixClasses[posix[2]!];
      if (members === undefined || posix[1] === '^') return undefined;
      out += members;
      position += posix[0].length;
    } else if (character === '\\') {
      const escaped = pattern[position + 1];
      if (escaped === undefined || 'QENRpPX'.includes(escaped)) return undefined;
      const members = classEscapes[escaped];
      out += members ?? `\\${escaped}`;
      position += 2;
    } else {
      out += character === '[' ? '\\[' : character;
      position++;
    }
  }
  return undefined;
}

function quoteLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
