/**
 * Globs of config files: `*` and `?` within a name, `**` for any folders, `[a-z]`, `{a,b}`. No regular expressions: whoever wrote the
 * tree wrote the globs and the names, and could make one backtrack for ever.
 */

export type Glob = readonly GlobPath[];
type GlobPath = readonly (typeof anyFolders | GlobName)[];
type GlobName = readonly (typeof anyText | Character)[];
type Character = (code: number) => boolean;

const anyFolders = '**';
const anyText = '*';
const maxAlternatives = 256;

/** Undefined for one that stands for too many others. */
export function parseGlob(glob: string): Glob | undefined {
  return alternativesOf(glob)?.map((path) =>
    path.split('/').map((name) => (name === anyFolders ? anyFolders : parseName(name))),
  );
}

/** Whether the path, with `/` between names, is one that the glob stands for. */
export function matchesGlob(glob: Glob, path: string): boolean {
  const names = path.split('/').map((name) => [...name].map((character) => character.codePointAt(0)!));
  return glob.some((pattern) => matchesSequence(pattern, names, anyFolders, matchesName));
}

function matchesName(pattern: GlobName, codes: readonly number[]): boolean {
  return matchesSequence(pattern, codes, anyText, (character, code) => character(code));
}

/** In at most as many steps as pattern and items have parts multiplied: only the last star is ever taken up again. */
function matchesSequence<Part, Item>(
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

function alternativesOf(glob: string): string[] | undefined {
  const found: string[] = [];
  const open = [glob];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const braces = /\{([^{}]*,[^{}]*)\}/.exec(text);
    if (!braces) found.push(text);
    else {
      const behind = text.slice(braces.index + braces[0].length);
      for (const each of braces[1]!.split(',')) open.push(text.slice(0, braces.index) + each + behind);
    }
    if (found.length + open.length > maxAlternatives) return undefined;
  }
  return found;
}

function parseName(name: string): GlobName {
  const characters = [...name];
  const parts: (typeof anyText | Character)[] = [];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index]!;
    const end = character === '[' ? characters.indexOf(']', index + 2) : -1;
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
