/**
 * Translates PCRE patterns, as nginx and httpd compile them, to JavaScript regular expressions over byte
 * strings (one character a byte, no UTF mode). What has no exact counterpart is refused with undefined.
 */
import { isTemplated } from '../text/template/placeholder.ts';
import { boundedRegex, type BoundedRegex } from './match.ts';
import { translateEscape, translateClass } from './pcre-escapes.ts';

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
