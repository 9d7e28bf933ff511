/** The real file system, for includes: what lies in a {@link ReadScope}, and no more of it than {@link limits} allow. */
import { existsSync, opendirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { group, limits } from '../../text/budget.ts';
import type { FileAccess, ReadResult } from '../../text/files.ts';
import { globMatcher, hasWildcard } from '../../text/glob.ts';
import { readFileBounded } from './read-bounded.ts';
import type { ReadScope } from './read-scope.ts';
import { canonical } from './real-path.ts';
import { noteRead } from '../start/tune.ts';
import { wordTable } from '../../text/word-table.ts';

/** What the file accesses of a run share. */
export class AccessRun {
  /** How many names of directories may still be read. */
  entriesLeft: number = limits.directoryEntries;
  /** What is not there: thousands of fragments look for the same main config. */
  readonly missing = new Set<string>();
}

export function fileAccess(scope: ReadScope, run = new AccessRun()): FileAccess {
  return {
    canonical,
    refuse(path) {
      const start = hasWildcard(path) ? beforeWildcard(path) : path;
      if (!scope.holds(start)) {
        return { kind: 'outside', why: `it lies outside of ${scope.name}; --include-root DIR allows more` };
      }
      if (run.entriesLeft > 0 || start === path) return undefined;
      return {
        kind: 'limit',
        why: `the patterns of a run are compared with ${group(limits.directoryEntries)} names at most`,
      };
    },
    read: (path) => (scope.holds(path) ? read(path, run) : { ok: false, reason: 'denied' }),
    glob(pattern) {
      if (!scope.holds(beforeWildcard(pattern))) return [];
      const [first, ...rest] = pattern.split('/');
      const found = rest.reduce(
        (directories, component) => directories.flatMap((directory) => matchesIn(directory, component, scope, run)),
        first === '' ? ['/'] : matchesIn('', first!, scope, run),
      );
      return found.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    },
  };
}

const notFound: ReadResult = { ok: false, reason: 'not-found' };

function read(path: string, { missing }: AccessRun): ReadResult {
  if (missing.has(path)) return notFound;
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) {
      missing.add(path);
      return notFound;
    }
    if (stats.isDirectory()) return { ok: false, reason: 'directory' };
    // Reading a FIFO or device could block, or never end.
    if (!stats.isFile()) return { ok: false, reason: 'unreadable' };
    const text = readFileBounded(path, limits.fileBytes);
    if (text === undefined) return { ok: false, reason: 'too-large' };
    noteRead(text);
    return { ok: true, text };
  } catch (error) {
    return { ok: false, reason: reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? 'unreadable' };
  }
}

const reasons: Readonly<Record<string, 'not-found' | 'denied'>> = wordTable({
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EACCES: 'denied',
  EPERM: 'denied',
});

/** The directory below which all matches lie. */
function beforeWildcard(pattern: string): string {
  const components = pattern.split('/');
  const plain = components.slice(0, components.findIndex(hasWildcard));
  return plain.length === 0 ? '.' : plain.join('/') || '/';
}

/** Paths of what a component of a pattern matches in a directory. */
function matchesIn(directory: string, component: string, scope: ReadScope, run: AccessRun): string[] {
  const isPlain = !hasWildcard(component);
  if (isPlain) {
    const path = join(directory, component);
    // On the way to a root nothing is looked at.
    return !scope.holds(path) || existsSync(path) ? [path] : [];
  }
  if (!scope.holds(directory || '.')) return [];
  const matcher = globMatcher(component);
  const found: string[] = [];
  try {
    const handle = opendirSync(directory || '.');
    try {
      for (let entry = handle.readSync(); entry && run.entriesLeft > 0; entry = handle.readSync()) {
        run.entriesLeft--;
        if (matcher.test(entry.name)) found.push(join(directory, entry.name));
      }
    } finally {
      handle.closeSync();
    }
  } catch {
    // No directory, or none that may be read: nothing matches.
  }
  return found;
}
