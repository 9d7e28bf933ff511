/** Which file of the program holds which chunk: opening a file takes longer than reading one, and what no run needs should not be read. */
import { mainChunk } from '../src/cli/start/bundle.ts';

/** A chunk larger than this that no run loads has a file of its own. */
const maxAlong = 4000;

/** What no run loads: the rules that have nothing to do in most configs, and what only they need. */
export const seldomFile = 'seldom.js';

/**
 * The file of each chunk, by its name. Chunks that the same runs load are in one file, those of every run with the main chunk.
 * @param runs the names of the chunks that each loads
 */
export function filesOfChunks(
  sizes: ReadonlyMap<string, number>,
  runs: Readonly<Record<string, ReadonlySet<string>>>,
): ReadonlyMap<string, string> {
  const all = Object.keys(runs);
  const fileOf = (name: string, size: number): string => {
    const loading = all.filter((run) => runs[run]!.has(name));
    if (loading.length === all.length) return mainChunk;
    if (loading.length > 0) return `${loading.join('+')}.js`;
    return size > maxAlong ? name : seldomFile;
  };
  return new Map([...sizes].map(([name, size]) => [name, fileOf(name, size)]));
}
