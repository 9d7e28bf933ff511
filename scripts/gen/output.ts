/** Compares generated files with those on disk, or writes them. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { readIfThere } from './registry.ts';

/** Paths whose content on disk is another, and files in `wholeDirectory` that are not generated any more. */
export function staleFiles(files: ReadonlyMap<string, string>, wholeDirectory: string): string[] {
  const changed = [...files].filter(([path, text]) => readIfThere(path) !== text).map(([path]) => path);
  return [...changed, ...leftovers(files, wholeDirectory)];
}

export function writeFiles(files: ReadonlyMap<string, string>, wholeDirectory: string): void {
  for (const [path, text] of files) {
    if (readIfThere(path) === text) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const path of leftovers(files, wholeDirectory)) rmSync(path);
}

function leftovers(files: ReadonlyMap<string, string>, directory: string): string[] {
  mkdirSync(directory, { recursive: true });
  return readdirSync(directory)
    .map((name) => join(directory, name))
    .filter((path) => !files.has(path));
}
