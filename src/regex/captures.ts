/** What the capturing groups of a PCRE pattern can hold, read from the pattern's text. */
import { compilePcre } from './pcre.ts';

export interface CaptureGroup {
  /** Counted from 1. */
  readonly number: number;
  readonly name: string | undefined;
  /** The text inside the parentheses, without the name, and its offsets in the pattern. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The capturing groups in the order of their opening parentheses. An unclosed one reaches to the end. */
export function captureGroups(pattern: string): CaptureGroup[] {
  const groups: { number: number; name: string | undefined; start: number; end: number }[] = [];
  const open: ((typeof groups)[number] | undefined)[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '[') at = endOfClass(pattern, at);
    else if (character === ')') {
      const group = open.pop();
      if (group) group.end = at;
    } else if (character === '(') {
      const name = /^\((?:\?P?<([A-Za-z_]\w*)>|\?'([A-Za-z_]\w*)')/.exec(pattern.slice(at, at + maxNameLength));
      const captures = name !== null || pattern[at + 1] !== '?';
      const start = at + (name?.[0].length ?? 1);
      const group = captures
        ? { number: groups.length + 1, name: name?.[1] ?? name?.[2], start, end: pattern.length }
        : undefined;
      if (group) groups.push(group);
      open.push(group);
    }
  }
  return groups.map((group) => ({ ...group, text: pattern.slice(group.start, group.end) }));
}

const maxNameLength = 64;

/** The index of the `]` that ends the class beginning at `start`. */
export function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  for (; at < pattern.length && pattern[at] !== ']'; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern.startsWith('[:', at)) at = Math.max(at, pattern.indexOf(':]', at) + 1);
  }
  return at;
}

/**
 * Whether a part of a pattern can match CR or LF. `.` matches CR, but no LF. Lookarounds and the rest of the pattern may rule out what
 * this allows; nothing can add to it. The reader of nginx has made characters of the escapes `\r` and `\n`.
 */
export function matchesLineBreak(text: string): boolean {
  return matchesLineFeed(text) || matchesControl(text, /[sWDrvNHC]/, true, '\r');
}

/** As {@link matchesLineBreak} for LF alone. */
export function matchesLineFeed(text: string): boolean {
  return matchesControl(text, /[sWDRnvHC]/, false, '\n');
}

function matchesControl(text: string, escapes: RegExp, dot: boolean, control: '\r' | '\n'): boolean {
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === control) return true;
    if (character === '.') {
      if (dot) return true;
    } else if (character === '\\') {
      if (escapes.test(text[++at] ?? '')) return true;
    } else if (character === '[') {
      const end = endOfClass(text, at);
      if (classMatches(text.slice(at + 1, end), control)) return true;
      at = end;
    }
  }
  return false;
}

/** Whether a part of a pattern has no repetition, so that it matches a few short texts only: `jpg|png`, `v[12]`. */
export function isBounded(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '\\') at++;
    else if (character === '[') at = endOfClass(text, at);
    else if ('*+{'.includes(character)) return false;
  }
  return true;
}

/** Whether all that a part of a pattern can match is letters, digits, `_` and `-`. */
export function isNamePattern(text: string): boolean {
  return /^(?:\?:|[\w|()?*+{},-]|\\[wd-]|\[(?:[\w-]|\\[wd-])+\])+$/.test(text);
}

/** What cannot be read may match it. */
function classMatches(inner: string, control: '\r' | '\n'): boolean {
  return compilePcre(`[${inner}]`, false)?.matches(control) !== false;
}
