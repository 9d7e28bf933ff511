import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryName } from './temporary-name.ts';

/** Writes a file in one step: another run never reads half of it, and one that is stopped leaves the old file. Throws what the system says. */
export function writeWhole(path: string, text: string, mode = 0o666): void {
  const temporary = join(dirname(path), temporaryName());
  try {
    writeFileSync(temporary, text, { mode, flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
