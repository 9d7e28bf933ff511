/** What both formats of results have in common when they are joined. */

/** Results that cannot be joined; the message names the file. */
export class MergeError extends Error {}

export type Severity = 'error' | 'warning' | 'info';

/** What several runs found, as one result. */
export interface Merged {
  readonly text: string;
  /** Those of the findings. */
  readonly severities: ReadonlySet<Severity>;
  /** Something failed or was not linted. */
  readonly isIncomplete: boolean;
}

export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** A result that was read, and the name of its file. */
export interface Named<Value> {
  readonly name: string;
  readonly value: Value;
}

/** Shards in their order. Throws {@link MergeError} where shards of a run are missing, there twice or of another run. */
export function inOrder<Value>(
  results: readonly Named<Value>[],
  shardOf: (value: Value) => Shard | undefined,
): Value[] {
  const shards = results.map(({ name, value }) => ({ name, value, shard: shardOf(value) }));
  const first = shards.find(({ shard }) => shard);
  if (!first?.shard) return results.map(({ value }) => value);
  const { count } = first.shard;
  const byIndex = new Map<number, Named<Value>>();
  for (const { name, value, shard } of shards) {
    if (!shard) throw new MergeError(`${name}: no shard, as ${first.name} is`);
    const written = `shard ${shard.index}/${shard.count}`;
    if (shard.count !== count) throw new MergeError(`${name}: ${written}, but ${first.name} is one of ${count}`);
    const same = byIndex.get(shard.index)?.name;
    if (same !== undefined) throw new MergeError(`${name}: ${written}, as ${same} is`);
    byIndex.set(shard.index, { name, value });
  }
  const all = Array.from({ length: count }, (_, index) => index + 1);
  const missing = all.filter((index) => !byIndex.has(index)).map((index) => `${index}/${count}`);
  if (missing.length > 0) throw new MergeError(`there is no result of shard ${missing.slice(0, 5).join(', ')}`);
  return all.map((index) => byIndex.get(index)!.value);
}

/** What a config file takes away, as results hold it. */
export interface PrintedEffect {
  readonly file: string;
  readonly off: readonly string[];
  readonly lowered: readonly string[];
  readonly options: readonly string[];
  readonly ignored: number;
}

/** One a config file. Each shard looks at the settings of all inputs, so that each counts all files that are ignored. */
export function mergeEffects(all: readonly PrintedEffect[]): PrintedEffect[] {
  const merged = new Map<string, PrintedEffect>();
  for (const effect of all) {
    const { file, off, lowered, options, ignored } = merged.get(effect.file) ?? effect;
    merged.set(file, {
      file,
      off: union(off, effect.off),
      lowered: union(lowered, effect.lowered),
      options: union(options, effect.options),
      ignored: Math.max(ignored, effect.ignored),
    });
  }
  return [...merged.values()];
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort();
}

/** The first of each key. */
export function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    return !seen.has(key) && seen.add(key);
  });
}

export const text = { type: 'string' };
export const count = { type: 'integer', minimum: 0 };
const texts = { type: 'array', items: text };

/** JSON schema of {@link PrintedEffect}. */
export const effectSchema = {
  type: 'object',
  required: ['file', 'off', 'lowered', 'options', 'ignored'],
  properties: { file: text, off: texts, lowered: texts, options: texts, ignored: count },
};
