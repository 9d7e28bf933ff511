import { statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { ConfigHost } from '../../config/types.ts';
import { limits } from '../../text/budget.ts';
import { reasonOf } from '../files/read-found.ts';
import { passOverStreamErrors } from '../output.ts';
import { readFileBounded } from '../files/read-bounded.ts';
import { isDescriptor } from '../files/read-scope.ts';

/** The real file system, for config files. */
export const host: ConfigHost = {
  exists(path) {
    try {
      return statSync(path, { throwIfNoEntry: false }) !== undefined;
    } catch (error) {
      return !isMissing(error);
    }
  },
  read(path) {
    try {
      const stats = statSync(path);
      // Reading a FIFO or device could block, or never end.
      const isReadable = stats.isFile() || (stats.isFIFO() && isDescriptor(path));
      if (!isReadable) throw new Error(stats.isDirectory() ? 'is a directory' : 'not a regular file');
      const text = readFileBounded(path, limits.settingsBytes);
      if (text === undefined) throw new Error(`larger than ${limits.settingsBytes >> 20} MB`);
      return text;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw new Error(reasonOf(error), { cause: error });
    }
  },
  directoryOf: dirname,
  resolve,
  relative: (directory, path) => relative(directory, path).split(sep).join('/'),
};

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Runs the module. Node loads ES modules too, unless they wait at the top level. */
export function loadPlugin(specifier: string, directory: string): unknown {
  passOverStreamErrors();
  // Hardly a run loads plugins, and the module takes time to load.
  const { createRequire } = process.getBuiltinModule('node:module');
  return createRequire(join(directory, 'proxylint.json'))(specifier);
}
