/** Escapes and classes of PCRE as JavaScript writes them. */
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

interface Piece {
  readonly source: string;
  readonly end: number;
}

export function translateEscape(pattern: string, at: number): Piece | undefined {
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

export function translateClass(pattern: string, at: number): Piece | undefined {
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
