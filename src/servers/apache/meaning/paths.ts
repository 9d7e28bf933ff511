/**
 * Which requests a section or mapping takes, as far as their patterns tell: a path prefix (by segments), or a regular expression with
 * the literal text that every match begins with.
 */
export interface PathSet {
  readonly kind: 'prefix' | 'regex';
  /** The prefix, or the literal begin of what the expression matches; `` if nothing is known. */
  readonly prefix: string;
}

export const everything: PathSet = { kind: 'prefix', prefix: '/' };

/** Expressions that match every path. */
const matchesAll = /^\^?\/?\??(?:\(?\.[*+]\??\)?\$?)?$/;

export function regexPaths(pattern: string): PathSet {
  if (matchesAll.test(pattern)) return everything;
  if (!pattern.startsWith('^')) return { kind: 'regex', prefix: '' };
  const literal = literalBegin(pattern.slice(1));
  return { kind: 'regex', prefix: literal };
}

export function prefixPaths(path: string): PathSet {
  return { kind: 'prefix', prefix: path };
}

/** The characters that any match begins with: up to the first special one, without a last one that is optional. */
function literalBegin(pattern: string): string {
  if (pattern.includes('|')) return '';
  let text = '';
  for (let index = 0; index < pattern.length; index++) {
    let character = pattern[index]!;
    if (character === '\\') {
      const next = pattern[index + 1];
      if (next === undefined || /\w/.test(next)) return text;
      character = next;
      index++;
    } else if ('.[](){}*+?^$'.includes(character)) return text;
    const quantifier = pattern[index + 1];
    if (quantifier === '*' || quantifier === '?' || quantifier === '{') return text;
    text += character;
  }
  return text;
}

/** `all`: every path of `inner` is in `outer`; `some`: surely not all; `maybe`: cannot be told. */
export type Coverage = 'all' | 'some' | 'none' | 'maybe';

/** How much of `inner` the set `outer` takes. */
export function coverage(outer: PathSet, inner: PathSet): Coverage {
  if (outer.kind === 'regex') return compatible(outer.prefix, inner.prefix) ? 'maybe' : 'none';
  if (isUnder(inner.prefix, outer.prefix)) return 'all';
  if (inner.kind === 'prefix') return isUnder(outer.prefix, inner.prefix) ? 'some' : 'none';
  return compatible(outer.prefix, inner.prefix) ? 'maybe' : 'none';
}

/** True if the path lies under the prefix, counted by whole segments: `/a` has `/a` and `/a/b`, not `/ab`. */
export function isUnder(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  return prefix.endsWith('/') || path.length === prefix.length || path[prefix.length] === '/';
}

function compatible(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}
