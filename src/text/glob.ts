/** Wildcards of `glob`, which nginx and httpd use for includes. */
import { matchesPattern, parsePattern } from './fnmatch.ts';

export function hasWildcard(path: string): boolean {
  return /[*?[]/.test(path);
}

/** Matches paths, or names. */
export interface GlobMatcher {
  test(path: string): boolean;
}

/** A wildcard matches neither `/` nor a period at the beginning of a name. */
export function globMatcher(pattern: string): GlobMatcher {
  const components = pattern
    .split('/')
    .map((name) => ({ parts: parsePattern(name), isVisible: beginsWithWildcard(name) }));
  return {
    test(path) {
      const names = path.split('/');
      return (
        names.length === components.length &&
        components.every(({ parts, isVisible }, index) => {
          const name = names[index]!;
          return !(isVisible && name.startsWith('.')) && matchesPattern(parts, name);
        })
      );
    },
  };
}

function beginsWithWildcard(name: string): boolean {
  return /^(?:[*?]|\[.*\])/.test(name);
}
