/** Patterns of fnmatch(3), as httpd and sslh hold them against a text. No regular expressions: whoever wrote the config wrote both. */
import { anyText, matchesSequence } from './wildcards.ts';

type Character = (code: number) => boolean;
/** Its characters and stars; see {@link parsePattern}. */
export type Pattern = readonly (typeof anyText | Character)[];

/** `apr_fnmatch`, and `fnmatch` of the C library for what has no named classes; with `pathname` no wildcard matches a slash. */
export function fnmatch(pattern: string, text: string, { pathname = false } = {}): boolean {
  if (!pathname) return matchesPattern(parsePattern(pattern), text);
  const names = text.split('/');
  const parts = pattern.split('/');
  return (
    parts.length === names.length && parts.every((part, index) => matchesPattern(parsePattern(part), names[index]!))
  );
}

/** `ap_strcmp_match`: `*` and `?` alone. */
export function matchesWildcards(pattern: string, text: string): boolean {
  return matchesPattern(parseWildcards(pattern), text);
}

/** The pattern of {@link matchesWildcards}, for whoever asks it more than once. */
export function parseWildcards(pattern: string): Pattern {
  return codesOf(pattern).map((code) => (code === star ? anyText : code === question ? any : is(code)));
}

export function isWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

export function matchesPattern(pattern: Pattern, text: string): boolean {
  return matchesSequence(pattern, codesOf(text), anyText, (character, code) => character(code));
}

const star = 0x2a;
const question = 0x3f;
const open = 0x5b;
const close = 0x5d;
const escape = 0x5c;
const dash = 0x2d;

const any: Character = () => true;
const is =
  (wanted: number): Character =>
  (code) =>
    code === wanted;

function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0)!);
}

/** `*`, `?`, `[a-z]`, `[!a-z]` and `\\` before any of these. */
export function parsePattern(pattern: string): Pattern {
  const codes = codesOf(pattern);
  const parts: (typeof anyText | Character)[] = [];
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at]!;
    const set = code === open ? readSet(codes, at + 1) : undefined;
    if (code === star) parts.push(anyText);
    else if (code === question) parts.push(any);
    else if (set) {
      parts.push(set.character);
      at = set.end;
    } else if (code === escape && at + 1 < codes.length) parts.push(is(codes[++at]!));
    else parts.push(is(code));
  }
  return parts;
}

/** What stands between brackets; `end` is the closing one. Undefined where nothing closes it: then it is a character like any other. */
function readSet(codes: readonly number[], start: number): { character: Character; end: number } | undefined {
  const isNegated = codes[start] === 0x21 || codes[start] === 0x5e;
  const ranges: (readonly [from: number, to: number])[] = [];
  const first = isNegated ? start + 1 : start;
  for (let at = first; at < codes.length; at++) {
    if (codes[at] === close && at > first) {
      return { character: (code) => ranges.some(([from, to]) => from <= code && code <= to) !== isNegated, end: at };
    }
    if (codes[at] === escape && at + 1 < codes.length) at++;
    const from = codes[at]!;
    const isRange = codes[at + 1] === dash && at + 2 < codes.length && codes[at + 2] !== close;
    ranges.push([from, isRange ? codes[at + 2]! : from]);
    if (isRange) at += 2;
  }
  return undefined;
}
