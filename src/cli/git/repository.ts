import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** The root of the git repository around a directory; undefined outside of one. The root of the file system is none. */
export function repositoryOf(directory: string): string | undefined {
  for (let current = directory; dirname(current) !== current; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
  }
  return undefined;
}

/** The working directory as seen from the root of its repository: `sub/`, or empty. */
export function prefixInRepository(): string {
  const root = repositoryOf(process.cwd());
  const path = root === undefined ? '' : relative(root, process.cwd()).split(sep).join('/');
  return path === '' ? '' : `${path}/`;
}
