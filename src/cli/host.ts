import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { ConfigHost } from '../config/types.ts';
import { reasonOf } from './files.ts';

const maxSize = 4 * 1024 * 1024;

/** The real file system, for config files. */
export const host: ConfigHost = {
  read(path) {
    try {
      const stats = statSync(path);
      // Reading a FIFO or device could block, or never end.
      if (!stats.isFile()) throw new Error(stats.isDirectory() ? 'is a directory' : 'not a regular file');
      if (stats.size > maxSize) throw new Error(`larger than ${maxSize >> 20} MB`);
      return readFileSync(path, 'utf8');
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw new Error(reasonOf(error), { cause: error });
    }
  },
  directoryOf: dirname,
  resolve,
  relative: (directory, path) => relative(directory, path).split(sep).join('/'),
};

/**
 * The directory that a config file which was found, not named, may draw files from: that of the repository around it, else the
 * working directory if it lies in it, else its own.
 */
export function projectOf(configPath: string): string {
  const own = dirname(configPath);
  for (let directory = own; ; directory = dirname(directory)) {
    if (existsSync(join(directory, '.git'))) return directory;
    if (dirname(directory) === directory) break;
  }
  return isInside(own, process.cwd()) ? process.cwd() : own;
}

/** Symbolic links are followed first. What does not exist is inside: reading it fails anyway. */
export function isInProject(path: string, project: string): boolean {
  try {
    return isInside(realpathSync(path), realpathSync(project));
  } catch {
    return true;
  }
}

function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Runs the module. Node loads ES modules too, unless they wait at the top level. */
export function loadPlugin(specifier: string, directory: string): unknown {
  // Hardly a run loads plugins, and the module takes time to load.
  const { createRequire } = process.getBuiltinModule('node:module');
  return createRequire(join(directory, 'proxylint.json'))(specifier);
}
