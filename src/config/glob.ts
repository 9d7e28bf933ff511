/** Globs of config files: `*` and `?` within a name, `**` for any folders, `[a-z]`, `{a,b}`. */
import { matchesPattern, parsePattern, type Pattern } from '../text/fnmatch.ts';
import { matchesSequence } from '../text/wildcards.ts';

export type Glob = readonly GlobPath[];
type GlobPath = readonly (typeof anyFolders | Pattern)[];

const anyFolders = '**';
const maxAlternatives = 256;

/** Undefined for one that stands for too many others. */
export function parseGlob(glob: string): Glob | undefined {
  return alternativesOf(glob)?.map((path) =>
    path.split('/').map((name) => (name === anyFolders ? anyFolders : parsePattern(name))),
  );
}

/** Whether the path, with `/` between names, is one that the glob stands for. */
export function matchesGlob(glob: Glob, path: string): boolean {
  const names = path.split('/');
  return glob.some((pattern) => matchesSequence(pattern, names, anyFolders, matchesPattern));
}

function alternativesOf(glob: string): string[] | undefined {
  const found: string[] = [];
  const open = [glob];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const braces = /\{([^{},]*,[^{}]*)\}/.exec(text);
    if (!braces) found.push(text);
    else {
      const behind = text.slice(braces.index + braces[0].length);
      for (const each of braces[1]!.split(',')) open.push(text.slice(0, braces.index) + each + behind);
    }
    if (found.length + open.length > maxAlternatives) return undefined;
  }
  return found;
}
