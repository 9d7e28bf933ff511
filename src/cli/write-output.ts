import { writeFileSync } from 'node:fs';
import { reasonOf } from './files.ts';
import { UsageError } from './usage-error.ts';

/** Writes what `--output-file` asks for. Throws {@link UsageError}. */
export function writeOutput(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`--output-file ${path}: ${reasonOf(error)}`, { cause: error });
  }
}
