/** Lints samples with the built program, and writes the code that V8 compiled for it beside the chunks that have none yet. */
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { cacheKey, cacheKeyFile, cacheOf, filesIn, runBundle } from '../src/cli/start/bundle.ts';

const directory = 'dist/cli';
process.argv.splice(2, Infinity, '--output-file', devNull, ...process.argv.slice(2));
writeFileSync(join(directory, cacheKeyFile), cacheKey());
const scripts = runBundle(filesIn(directory), createRequire(import.meta.url));

process.on('exit', (status) => {
  // Findings are what the samples are for.
  process.exitCode = status === 1 ? 0 : status;
  for (const [name, script] of scripts) {
    const path = join(directory, cacheOf(name));
    if (!existsSync(path)) writeFileSync(path, script.createCachedData());
  }
});
