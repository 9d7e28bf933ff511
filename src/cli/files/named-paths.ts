/** Which files `--fix` may write: those that the command line names. */
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import type { Input } from './find-inputs.ts';

export class NamedPaths {
  readonly #files = new Set<string>();
  readonly #directories: readonly string[];

  /** The arguments, and the inputs that they stand for. */
  constructor(paths: readonly string[], inputs: readonly Input[]) {
    this.#directories = paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory()).map(real);
    const here = [...this.#directories, real('.')];
    for (const { path, named, isStdin } of inputs) {
      if (isStdin) continue;
      // A link that is named stands for the file, but not for one somewhere else on the machine.
      const target = real(path);
      if (!isLink(path) || isInside(target, named ? here : this.#directories)) this.#files.add(target);
    }
  }

  /** Why a file is not written, a clause; undefined if it may be. */
  refusal(path: string): string | undefined {
    const target = real(path);
    if (this.#files.has(target) || isInside(target, this.#directories)) return undefined;
    return isLink(path)
      ? `it is a symbolic link to ${target}, which is not named; name that file`
      : 'it is included, but not named; name it, too';
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function isInside(path: string, directories: readonly string[]): boolean {
  return directories.some((directory) => path.startsWith(directory.endsWith(sep) ? directory : directory + sep));
}
