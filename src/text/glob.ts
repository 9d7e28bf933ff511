/** Wildcards of `glob` and `fnmatch`, which nginx and httpd use for includes. */

export function hasWildcard(path: string): boolean {
  return /[*?[]/.test(path);
}

/** Matches paths, or names. */
export interface GlobMatcher {
  test(path: string): boolean;
}

/** Tells whether a character fits. */
type Single = (character: string) => boolean;
const star = Symbol('*');
type Token = Single | typeof star;

/** A wildcard matches neither `/` nor a period at the beginning of a name. The time grows with name times pattern, not with their power. */
export function globMatcher(pattern: string): GlobMatcher {
  const components = pattern.split('/').map(tokensOf);
  return {
    test(path) {
      const names = path.split('/');
      return names.length === components.length && names.every((name, index) => fits(name, components[index]!));
    },
  };
}

interface Component {
  readonly tokens: readonly Token[];
  /** Begins with a wildcard, which does not stand for a period. */
  readonly isVisible: boolean;
}

function tokensOf(component: string): Component {
  const tokens: Token[] = [];
  const pieces = /(\*+)|(\?)|\[([!^]?)(\]?[^\]]*)\]|\\(.)|([^])/g;
  for (const [whole, stars, question, negation, set, escaped] of component.matchAll(pieces)) {
    if (stars !== undefined) tokens.push(star);
    else if (question !== undefined) tokens.push(() => true);
    else if (set !== undefined) tokens.push(setOf(negation !== '', set));
    else {
      const literal = escaped ?? whole;
      tokens.push((character) => character === literal);
    }
  }
  return { tokens, isVisible: /^(?:[*?]|\[.*\])/.test(component) };
}

function setOf(isNegated: boolean, set: string): Single {
  const expression = new RegExp(`[${isNegated ? '^' : ''}${escapeSet(set)}]`);
  return (character) => expression.test(character);
}

/** A range that runs backwards matches nothing. */
function escapeSet(set: string): string {
  return set
    .replace(/(.)-(.)/g, (range, from: string, to: string) => (from <= to ? range : ''))
    .replace(/[\\\]^[]/g, '\\$&');
}

/** Where it fails, only the last star can take more: what the stars before it took is the least that they could. */
function fits(name: string, { tokens, isVisible }: Component): boolean {
  if (isVisible && name.startsWith('.')) return false;
  let at = 0;
  let token = 0;
  let lastStar = -1;
  let taken = 0;
  while (at < name.length) {
    const current = tokens[token];
    if (current === star) {
      lastStar = token++;
      taken = at;
    } else if (current?.(name[at]!)) {
      token++;
      at++;
    } else if (lastStar >= 0) {
      token = lastStar + 1;
      at = ++taken;
    } else return false;
  }
  while (tokens[token] === star) token++;
  return token === tokens.length;
}
