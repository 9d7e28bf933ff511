/** The code cache is used by the node that wrote it, and by no other: V8 would run one that crashes it. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import {
  cacheKey,
  cacheKeyFile,
  cacheOf,
  fileOfChunks,
  filesIn,
  mainChunk,
  runBundle,
} from '../../src/cli/start/bundle.ts';
import { folder } from '../helpers/run-cli.ts';

test.each([
  ['of this node', cacheKey(), false],
  ['of another node', cacheKey().replace(process.version, 'v20.19.0'), undefined],
])('a cache %s', (_, key, isRejected) => {
  const code = fileOfChunks([[mainChunk, 'module.exports = {};']]);
  const directory = folder({ [mainChunk]: code });
  writeFileSync(join(directory, cacheOf(mainChunk)), new Script(code).createCachedData());
  writeFileSync(join(directory, cacheKeyFile), key);
  const scripts = runBundle(filesIn(directory), createRequire(import.meta.url));
  expect(scripts.get(mainChunk)!.cachedDataRejected).toBe(isRejected);
});
