/** Paths without symbolic links, each looked up once a run. */
import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Without symbolic links; the path itself if there is no such file. */
export function canonical(path: string): string {
  let found = asWritten.get(path);
  if (found === undefined) {
    found = lookUp(resolve(path));
    if (found === undefined) return path;
    asWritten.set(path, found);
  }
  return found;
}

/** What {@link canonical} found: it is asked again and again. */
const asWritten = new Map<string, string>();

/** Of an absolute path, also where only the beginning of it exists. */
export function realPath(path: string): string {
  let rest = '';
  for (let current = path; ; current = dirname(current)) {
    const found = lookUp(current);
    if (found !== undefined) return rest === '' ? found : join(found, rest);
    if (dirname(current) === current) return path;
    rest = rest === '' ? basename(current) : join(basename(current), rest);
  }
}

const known = new Map<string, string>();

/** For a program that runs longer than links stay as they are. */
export function forgetPaths(): void {
  asWritten.clear();
  known.clear();
}

/** To be told of a file that is no link, which saves looking at it. */
export function noteFile(path: string): void {
  const absolute = resolve(path);
  if (known.has(absolute)) return;
  const found = inDirectory(absolute);
  if (found !== undefined) known.set(absolute, found);
}

/** Undefined if there is no such file. */
function lookUp(path: string): string | undefined {
  let found = known.get(path);
  if (found === undefined) {
    try {
      found = lstatSync(path).isSymbolicLink() ? realpathSync.native(path) : inDirectory(path);
    } catch {
      return undefined;
    }
    if (found !== undefined) known.set(path, found);
  }
  return found;
}

/** Of what exists and is no link itself. */
function inDirectory(path: string): string | undefined {
  const directory = dirname(path);
  if (directory === path) return path;
  const found = lookUp(directory);
  return found === undefined ? undefined : join(found, basename(path));
}
