/** Lints samples with the built program, and writes the code that V8 compiled for it beside the chunks that have none yet. */
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { cacheKey, cacheKeyPath, cachePath, runBundle } from '../src/cli/bundle.ts';

const directory = 'dist/cli';
process.argv.splice(2, Infinity, '--output-file', devNull, ...process.argv.slice(2));
writeFileSync(cacheKeyPath(directory), cacheKey());
const scripts = runBundle(directory, createRequire(import.meta.url));

process.on('exit', (status) => {
  // Findings are what the samples are for.
  process.exitCode = status === 1 ? 0 : status;
  for (const [name, script] of scripts) {
    const path = cachePath(join(directory, name));
    if (!existsSync(path)) writeFileSync(path, script.createCachedData());
  }
});
