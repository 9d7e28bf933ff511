/** Which file of the built program holds which chunk. */
import { expect, test } from 'vitest';
import { filesOfChunks, seldomFile } from '../scripts/chunk-files.ts';
import { mainChunk } from '../src/cli/start/bundle.ts';

test('chunks that the same runs load are together', () => {
  const runs = { a: ['main.js', 'all', 'both', 'one'], b: ['main.js', 'all', 'both'], c: ['main.js', 'all'] };
  const loaded = Object.fromEntries(Object.entries(runs).map(([run, names]) => [run, new Set(names)]));
  const names = ['main.js', 'all', 'both', 'one', 'none'];
  const sizes = new Map([...names.map((name): [string, number] => [name, 100]), ['large', 100_000]]);
  expect(Object.fromEntries(filesOfChunks(sizes, loaded))).toEqual({
    'main.js': mainChunk,
    all: mainChunk,
    both: 'a+b.js',
    one: 'a.js',
    none: seldomFile,
    large: 'large',
  });
});
