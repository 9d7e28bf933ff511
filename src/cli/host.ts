import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { ConfigHost } from '../config/types.ts';
import { reasonOf } from './files.ts';

/** The real file system, for config files. */
export const host: ConfigHost = {
  read(path) {
    try {
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

/** Runs the module. Node loads ES modules too, unless they wait at the top level. */
export function loadPlugin(specifier: string, directory: string): unknown {
  // Hardly a run loads plugins, and the module takes time to load.
  const { createRequire } = process.getBuiltinModule('node:module');
  return createRequire(join(directory, 'proxylint.json'))(specifier);
}
