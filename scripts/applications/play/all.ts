import { readdirSync } from 'node:fs';

import type { Played } from './types.ts';

/** All applications that can be played: one file each in `applications`, which exports one or several ways. */
export async function allPlayed(): Promise<Played[]> {
  const folder = new URL('applications/', import.meta.url);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .toSorted();
  const modules = await Promise.all(
    files.map(async (name) => (await import(new URL(name, folder).href)) as { played: Played | readonly Played[] }),
  );
  return modules.flatMap(({ played }) => played);
}
