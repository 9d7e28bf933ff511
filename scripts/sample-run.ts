/** A run of the built program in this process. */
import { createRequire } from 'node:module';
import type { Script } from 'node:vm';
import { filesIn, runBundle } from '../src/cli/start/bundle.ts';

export const directory = 'dist/cli';

/** @param then is told the files that the program has read, when it ends */
export function sampleRun(args: readonly string[], then: (scripts: ReadonlyMap<string, Script>) => void): void {
  process.argv.splice(2, Infinity, ...args);
  const scripts = runBundle(filesIn(directory), createRequire(import.meta.url));
  process.on('exit', (status) => {
    // Findings are what the samples are for.
    process.exitCode = status === 1 ? 0 : status;
    then(scripts);
  });
}
