/** Finds patterns whose paths an earlier pattern takes altogether: a sample path first, the proof only for what passes it. */
import type { BoundedRegex } from '../../regex/match.ts';
import { compilePcre } from '../../regex/pcre.ts';
import { samplePath } from '../../regex/sample.ts';
import type { Route } from '../../model/model.ts';
import type { PathPattern } from '../../regex/languages.ts';
import { isPlaceholder } from '../../servers/nginx/meaning/placeholder.ts';

/** Two routes of which the outer one may take all that the inner one would. */
export interface Suspicion {
  readonly inner: Route;
  readonly outer: Route;
  readonly patterns: { readonly inner: PathPattern; readonly outer: PathPattern };
  /** A path that both match. */
  readonly path: string;
}

/** Longer patterns are lists of robots or addresses, made by programs. */
export const longestPattern = 300;
const maxProofs = 300;

/** One per config: it remembers what it compiled and proved, as virtual hosts repeat each other's patterns. */
export class CoveredPaths {
  readonly #regexes = new Map<string, BoundedRegex | undefined>();
  readonly #samples = new Map<string, string | undefined>();
  readonly #suspicions: Suspicion[] = [];

  /** The first of the outer patterns that matches the sample of the inner one, if any, is looked at later. */
  suspect(inner: Route, innerPattern: PathPattern, outers: Iterable<readonly [Route, PathPattern]>): void {
    const path = this.#sample(innerPattern);
    if (path === undefined || !this.#test(innerPattern, path)) return;
    for (const [outer, outerPattern] of outers) {
      if (!this.#test(outerPattern, path)) continue;
      this.#suspicions.push({ inner, outer, patterns: { inner: innerPattern, outer: outerPattern }, path });
      return;
    }
  }

  /** Those that hold. */
  async proven(): Promise<Suspicion[]> {
    if (this.#suspicions.length === 0) return [];
    const { covers } = await import('../../regex/languages.ts');
    const known = new Map<string, boolean>();
    return this.#suspicions.filter(({ patterns: { inner, outer } }) => {
      const key = `${keyOf(inner)}\n${keyOf(outer)}`;
      let result = known.get(key);
      if (result === undefined && known.size < maxProofs) {
        known.set(key, (result = isSame(inner, outer) || covers(outer, inner) === true));
      }
      return result ?? false;
    });
  }

  #sample(pattern: PathPattern): string | undefined {
    const key = keyOf(pattern);
    if (!this.#samples.has(key)) this.#samples.set(key, samplePath(pattern.source));
    return this.#samples.get(key);
  }

  #test(pattern: PathPattern, path: string): boolean {
    if (pattern.source.length > longestPattern) return false;
    const key = keyOf(pattern);
    if (!this.#regexes.has(key)) this.#regexes.set(key, compilePcre(pattern.source, pattern.caseInsensitive));
    return this.#regexes.get(key)?.matches(path) === true;
  }
}

/** The same text with no fewer letters: true for patterns that no automaton can be made of, too. */
function isSame(inner: PathPattern, outer: PathPattern): boolean {
  return inner.source === outer.source && (outer.caseInsensitive || !inner.caseInsensitive);
}

function keyOf({ source, caseInsensitive }: PathPattern): string {
  return `${caseInsensitive ? 'i' : '-'}${source}`;
}

/** The pattern of paths that begin with a text. */
export function prefixPattern(prefix: string): PathPattern {
  return { source: `^${prefix.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`, caseInsensitive: false };
}

export function regexPattern({ match }: Route): PathPattern {
  return { source: match.pattern, caseInsensitive: match.caseInsensitive };
}

/** The paths that a location takes; undefined where it is asked by its name, or for a text that is filled in. */
export function locationPaths(route: Route): PathPattern | undefined {
  const { kind, pattern } = route.match;
  if (isPlaceholder(pattern) || pattern.length > longestPattern) return undefined;
  if (kind === 'regex') return regexPattern(route);
  const prefix = prefixPattern(pattern);
  if (kind === 'exact') return { ...prefix, source: `${prefix.source}$` };
  return kind.startsWith('prefix') && pattern.startsWith('/') ? prefix : undefined;
}
