import { endOfClass } from '../../regex/captures.ts';

/** The alternatives of a pattern, and those of them that neither begin with an anchor nor end with one. */
export function freeAlternatives(pattern: string): { alternatives: readonly string[]; free: readonly string[] } {
  const alternatives = alternativesOf(pattern.replace(/^\(\?[a-z]+\)/, ''));
  return { alternatives, free: alternatives.filter((text) => !isAnchored(text)) };
}

/** Split at the bars that stand in no group. */
function alternativesOf(pattern: string): string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '[') at = endOfClass(pattern, at);
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '|' && depth === 0) {
      found.push(pattern.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, pattern.slice(start)];
}

function isAnchored(text: string): boolean {
  if (/^(?:\^|\\[AG])|(?:^|[^\\])(?:\\\\)*(?:\$|\\[zZ])$/.test(text)) return true;
  // The begin or end of a segment.
  if (/^\((?:\?:)?(?:\^\|\/|\/\|\^)\)|\((?:\?:)?(?:\$\|\/|\/\|\$)\)$/.test(text)) return true;
  const first = groupAt(text, 0);
  if (first && alternativesOf(first.inner).every((inner) => isAnchored(`${inner}x`))) return true;
  const last = text.endsWith(')') ? text.lastIndexOf('(') : -1;
  const end = last === -1 ? undefined : groupAt(text, last);
  return end?.end === text.length && alternativesOf(end.inner).every((inner) => isAnchored(`x${inner}`));
}

/** The group that begins at an index, without its name or sign; undefined for another character, and for a group that may be left out. */
function groupAt(text: string, start: number): { inner: string; end: number } | undefined {
  const head = /^\((?:\?(?:P?<\w+>|:))?/.exec(text.slice(start))?.[0];
  if (head === undefined) return undefined;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '[') at = endOfClass(text, at);
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) {
      const isOptional = /^[?*{]/.test(text.slice(at + 1));
      return isOptional ? undefined : { inner: text.slice(start + head.length, at), end: at + 1 };
    }
  }
  return undefined;
}
