import { relative } from 'node:path';

/** A path beside or below the working directory as seen from there. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
