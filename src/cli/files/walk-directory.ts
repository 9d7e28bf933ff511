import { readdirSync, type Dirent } from 'node:fs';
import { defaultCache } from '../lint/cache-name.ts';
import type { GitIgnore } from './gitignore.ts';
import { temporaryPrefix } from './temporary-name.ts';

const ofTools: ReadonlySet<string> = new Set(['.git', 'node_modules', defaultCache]);

export interface FoundEntry {
  /** The directory that was walked with the path in it. */
  readonly path: string;
  /** False: what it is has to be looked at, as with a link. */
  readonly isFile: boolean;
}

/**
 * What lies below a directory and is no directory, in the order of the paths in it. Links are not followed, and what belongs to tools or
 * is ignored by git is passed over. `onClosed` is told of each directory that cannot be read.
 */
export function walkDirectory(
  root: string,
  onClosed: (path: string, error: unknown) => void,
  gitIgnore: GitIgnore | undefined,
): FoundEntry[] {
  const start = root === '.' ? '' : `${root.replace(/(?<!\/)\/+$/, '')}${root === '/' ? '' : '/'}`;
  const found: FoundEntry[] = [];
  const waiting = [{ below: '', rules: gitIgnore }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { below, rules } = next;
    for (const entry of entriesOf(start + below, onClosed)) {
      const { name } = entry;
      if (ofTools.has(name) || name.startsWith(temporaryPrefix)) continue;
      if (entry.isDirectory()) {
        const inner = `${below}${name}/`;
        if (!rules?.isIgnored(start + inner)) waiting.push({ below: inner, rules: rules?.within(start + inner) });
      } else if (!rules?.isIgnored(start + below + name))
        found.push({ path: start + below + name, isFile: entry.isFile() });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function entriesOf(directory: string, onClosed: (path: string, error: unknown) => void): Dirent[] {
  try {
    return readdirSync(directory || '.', { withFileTypes: true });
  } catch (error) {
    onClosed(directory, error);
    return [];
  }
}
