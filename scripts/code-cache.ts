/** Runs the built program, and writes the code that V8 compiled for it beside the files that have none yet. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheKey, cacheKeyFile, cacheOf } from '../src/cli/start/bundle.ts';
import { directory, sampleRun } from './sample-run.ts';

writeFileSync(join(directory, cacheKeyFile), cacheKey());
sampleRun(process.argv.slice(2), (scripts) => {
  for (const [name, script] of scripts) {
    const path = join(directory, cacheOf(name));
    if (!existsSync(path)) writeFileSync(path, script.createCachedData());
  }
});
