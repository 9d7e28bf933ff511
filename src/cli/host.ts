import { statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { limits } from '../budget.ts';
import type { ConfigHost } from '../config/types.ts';
import { reasonOf } from './files.ts';
import { readFileBounded } from './read-bounded.ts';
import { projectOf, ReadScope } from './read-scope.ts';

/**
 * The real file system, for config files. `scope`: what may be read; undefined for a config file that the command line names, which
 * is trusted.
 */
export function hostFor(scope?: ReadScope): ConfigHost {
  return {
    read: (path) => read(path, scope),
    directoryOf: dirname,
    resolve,
    relative: (directory, path) => relative(directory, path).split(sep).join('/'),
  };
}

/** For the search of config files: each may be read in its own project; where nothing is read, there is none. */
export const searchHost: ConfigHost = {
  ...hostFor(),
  read(path) {
    const scope = new ReadScope([projectOf(dirname(path))]);
    return scope.holds(dirname(path)) ? read(path, scope) : undefined;
  },
};

function read(path: string, scope: ReadScope | undefined): string | undefined {
  // Nothing is to be said about what lies outside, not even whether it exists.
  if (scope && !scope.holds(path)) {
    throw new Error(`it lies outside of ${scope.name}, and only a config file that --config names may go there`);
  }
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return undefined;
    if (!stats.isFile() && (scope || !stats.isFIFO())) throw new Error('not a regular file');
    const text = readFileBounded(path, limits.settingsBytes);
    if (text === undefined) throw new Error(`larger than ${limits.settingsBytes >> 20} MB`);
    return text;
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
}

/** Runs the module. Node loads ES modules too, unless they wait at the top level. */
export function loadPlugin(specifier: string, directory: string): unknown {
  // Hardly a run loads plugins, and the module takes time to load.
  const { createRequire } = process.getBuiltinModule('node:module');
  return createRequire(join(directory, 'proxylint.json'))(specifier);
}
