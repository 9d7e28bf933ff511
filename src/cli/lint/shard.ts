/** `--shard 2/5`: a part of the inputs, each of which is in one shard. */
import { resolve, relative } from 'node:path';
import { UsageError } from '../usage-error.ts';

export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

const most = 10_000;

/** Throws {@link UsageError}. */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,5})\/(\d{1,5})$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index < 1 || index > count || count > most)
    throw new UsageError(`--shard ${text}: expected INDEX/COUNT with an index from 1 to the count, as in 2/5`);
  return { index, count };
}

/**
 * Whether an input belongs to the shard; without one, all do. Decided by the path as seen from the working directory, so that a file stays
 * in its shard when others come and go.
 */
export function isInShard(shard: Shard | undefined, path: string): boolean {
  return !shard || hash(relative('', resolve(path))) % shard.count === shard.index - 1;
}

/** FNV-1a with the mixing of MurmurHash3 behind it, since similar names are to be spread. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
