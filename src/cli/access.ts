/** The real file system, for includes. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileAccess, ReadResult } from '../ir/files.ts';
import { globToRegExp, hasWildcard } from '../ir/glob.ts';
import { join } from '../ir/paths.ts';

const maxSize = 16 * 1024 * 1024;

export const fileAccess: FileAccess = {
  read: readRegularFile,
  glob: expand,
  canonical(path) {
    try {
      return realpathSync(path);
    } catch {
      return resolve(path);
    }
  },
};

/** Devices, FIFOs and sockets are never opened: reading one could block or have effects. */
function readRegularFile(path: string): ReadResult {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return { ok: false, reason: 'directory' };
    if (!stats.isFile() || stats.size > maxSize) return { ok: false, reason: 'unreadable' };
    return { ok: true, text: readFileSync(path, 'utf8') };
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return { ok: false, reason: isMissing ? 'not-found' : 'unreadable' };
  }
}

/** Component by component, as the C library does; sorted by byte. */
function expand(pattern: string): string[] {
  let paths = [pattern.startsWith('/') ? '/' : '.'];
  for (const component of pattern.split('/').filter((part) => part !== '')) {
    if (!hasWildcard(component)) paths = paths.map((path) => join(path, component));
    else {
      const matcher = globToRegExp(component);
      paths = paths.flatMap((path) =>
        namesIn(path)
          .filter((name) => matcher.test(name))
          .map((name) => join(path, name)),
      );
    }
  }
  return paths.filter((path) => existsSync(path)).sort(compareBytes);
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
