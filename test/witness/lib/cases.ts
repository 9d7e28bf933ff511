/** Finds the files with cases: none is listed by hand. */
import { basename } from 'node:path';
import fastGlob from 'fast-glob';

/** What all cases have, whatever the server. */
export interface Witness {
  readonly rule: string;
  readonly messageId: string;
}

export interface CaseFile<Case> {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** The arrays that the files export; `pattern` is relative to `test/witness/cases`. */
export async function casesIn<Case extends Witness>(pattern: string): Promise<CaseFile<Case>[]> {
  const paths = await fastGlob(pattern, { cwd: new URL('../cases', import.meta.url).pathname, absolute: true });
  return Promise.all(
    paths.sort().map(async (path) => {
      const exported = (await import(path)) as Record<string, readonly Case[]>;
      return { name: basename(path, '.ts'), cases: Object.values(exported).flat() };
    }),
  );
}
