/** Wildcards of `glob` and `fnmatch`, which nginx and httpd use for includes, and of the globs in config files. */

export function hasWildcard(path: string): boolean {
  return /[*?[]/.test(path);
}

/** Matches paths, or names. */
export interface GlobMatcher {
  test(path: string): boolean;
}

const anyText = '*';

/** Pieces of a name: `*`, or what fits one character. */
export type NamePattern = readonly (typeof anyText | Character)[];
type Character = (code: number) => boolean;

/** A wildcard matches neither `/` nor a period at the beginning of a name. */
export function globMatcher(pattern: string): GlobMatcher {
  const components = pattern
    .split('/')
    .map((name) => ({ parts: parseName(name), isVisible: beginsWithWildcard(name) }));
  return {
    test(path) {
      const names = path.split('/');
      return (
        names.length === components.length &&
        components.every(({ parts, isVisible }, index) => {
          const name = names[index]!;
          return !(isVisible && name.startsWith('.')) && matchesName(parts, codesOf(name));
        })
      );
    },
  };
}

function beginsWithWildcard(name: string): boolean {
  return /^(?:[*?]|\[.*\])/.test(name);
}

export function codesOf(name: string): number[] {
  return [...name].map((character) => character.codePointAt(0)!);
}

export function matchesName(pattern: NamePattern, codes: readonly number[]): boolean {
  return matchesSequence(pattern, codes, anyText, (character, code) => character(code));
}

/**
 * In at most as many steps as pattern and items have parts multiplied: where it fails, only the last star can take more, since what the
 * stars before it took is the least that they could. No regular expression does: whoever wrote the tree wrote the patterns and the
 * names, and could make one backtrack for ever.
 */
export function matchesSequence<Part, Item>(
  pattern: readonly (Part | string)[],
  items: readonly Item[],
  star: string,
  fits: (part: Part, item: Item) => boolean,
): boolean {
  let at = 0;
  let next = 0;
  let lastStar = -1;
  let taken = 0;
  while (next < items.length) {
    if (at < pattern.length && pattern[at] === star) {
      lastStar = at++;
      taken = next;
    } else if (at < pattern.length && fits(pattern[at] as Part, items[next]!)) {
      at++;
      next++;
    } else if (lastStar >= 0) {
      at = lastStar + 1;
      next = ++taken;
    } else return false;
  }
  return pattern.slice(at).every((part) => part === star);
}

/** Reads `*`, `?`, `[a-z]`, `[!a-z]` and `\`. */
export function parseName(name: string): NamePattern {
  const characters = [...name];
  const parts: (typeof anyText | Character)[] = [];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index]!;
    const end = character === '[' ? endOfClass(characters, index) : -1;
    if (character === '*') {
      if (parts.at(-1) !== anyText) parts.push(anyText);
    } else if (character === '?') parts.push(() => true);
    else if (end !== -1) {
      parts.push(parseClass(characters.slice(index + 1, end)));
      index = end;
    } else {
      const isEscape = character === '\\' && index + 1 < characters.length;
      const code = (isEscape ? characters[++index]! : character).codePointAt(0)!;
      parts.push((other) => other === code);
    }
  }
  return parts;
}

/** A bracket at the beginning of a class, behind its `!`, belongs to the class. */
function endOfClass(characters: readonly string[], open: number): number {
  const isNegated = characters[open + 1] === '!' || characters[open + 1] === '^';
  return characters.indexOf(']', open + (isNegated ? 3 : 2));
}

/** What stands between the brackets of `[a-z_]` or `[!0-9]`. */
function parseClass(characters: readonly string[]): Character {
  const isNegated = characters[0] === '!' || characters[0] === '^';
  const codes = characters.slice(isNegated ? 1 : 0).map((character) => character.codePointAt(0)!);
  const ranges: (readonly [from: number, to: number])[] = [];
  for (let index = 0; index < codes.length; index++) {
    const from = codes[index]!;
    const isRange = codes[index + 1] === 0x2d && index + 2 < codes.length;
    ranges.push([from, isRange ? codes[index + 2]! : from]);
    if (isRange) index += 2;
  }
  return (code) => ranges.some(([from, to]) => from <= code && code <= to) !== isNegated;
}
