/** What the `.gitignore` files of a repository say about the files of a walk. */
import { readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { repositoryOf } from '../git/repository.ts';

/** The rules of one directory and those around it, down from the root of the repository. */
export interface GitIgnore {
  /** A directory has a slash at its end. */
  isIgnored(path: string): boolean;
  /** The rules with those of a directory below. */
  within(directory: string): GitIgnore;
}

/**
 * Of a directory; undefined outside of a repository, and for a directory that is ignored itself: who names it means it. `isTracked` is
 * asked of files and directories, the latter without a slash.
 */
export function gitIgnoreOf(directory: string, isTracked: IsTracked = () => false): GitIgnore | undefined {
  const root = repositoryOf(resolve(directory));
  if (root === undefined) return undefined;
  let rules = new Rules([], isTracked).within(root);
  let reached = root;
  for (const name of relative(root, resolve(directory)).split(sep)) {
    if (name === '') continue;
    reached = join(reached, name);
    if (rules.isIgnored(`${reached}/`)) return undefined;
    rules = rules.within(reached);
  }
  return rules;
}

type IsTracked = (path: string) => boolean;

/** One `.gitignore`. */
interface Layer {
  readonly directory: string;
  readonly rules: Ignore;
}

class Rules implements GitIgnore {
  readonly #layers: readonly Layer[];

  readonly #isTracked: IsTracked;

  constructor(layers: readonly Layer[], isTracked: IsTracked) {
    this.#layers = layers;
    this.#isTracked = isTracked;
  }

  isIgnored(path: string): boolean {
    if (this.#layers.length === 0) return false;
    const slash = path.endsWith('/') ? '/' : '';
    const absolute = resolve(path);
    // The innermost file that says something about the path decides.
    for (const { directory, rules } of this.#layers.toReversed()) {
      const { ignored, unignored } = rules.test(relative(directory, absolute).split(sep).join('/') + slash);
      if (ignored || unignored) return ignored && !this.#isTracked(absolute);
    }
    return false;
  }

  within(directory: string): Rules {
    const text = textOf(join(directory, '.gitignore'));
    if (text === undefined) return this;
    return new Rules([...this.#layers, { directory: resolve(directory), rules: ignore().add(text) }], this.#isTracked);
  }
}

const maxBytes = 1024 * 1024;

/** Undefined where there is none that can be read. */
function textOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile() || stats.size > maxBytes) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
