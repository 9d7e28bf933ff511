/** The real file system, for includes. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileAccess, ReadResult } from '../text/files.ts';
import { globToRegExp, hasWildcard } from '../text/glob.ts';
import { noteRead } from './tune.ts';

const maxSize = 64 * 1024 * 1024;

export const fileAccess: FileAccess = {
  read(path): ReadResult {
    try {
      const stats = statSync(path);
      if (stats.isDirectory()) return { ok: false, reason: 'directory' };
      // Reading a FIFO or device could block, or never end.
      if (!stats.isFile() || stats.size > maxSize) return { ok: false, reason: 'unreadable' };
      const text = readFileSync(path, 'utf8');
      noteRead(text);
      return { ok: true, text };
    } catch (error) {
      const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
      return { ok: false, reason: isMissing ? 'not-found' : 'unreadable' };
    }
  },

  glob(pattern) {
    const [first, ...rest] = pattern.split('/');
    let found = first === '' ? ['/'] : matchesIn('', first!);
    for (const component of rest) found = found.flatMap((directory) => matchesIn(directory, component));
    return found.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  },

  canonical(path) {
    try {
      return realpathSync(path);
    } catch {
      return path;
    }
  },
};

/** Paths of what a component of a pattern matches in a directory. */
function matchesIn(directory: string, component: string): string[] {
  if (!hasWildcard(component)) {
    const path = join(directory, component);
    return existsSync(path) ? [path] : [];
  }
  try {
    const matcher = globToRegExp(component);
    return readdirSync(directory || '.')
      .filter((name) => matcher.test(name))
      .map((name) => join(directory, name));
  } catch {
    return [];
  }
}
