/** Settings that come to a level from the levels around it, as nginx merges them. */
import type { Block, Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { remembered, type Run } from './run.ts';

const indexes = remembered(() => new Map<Block, ReadonlyMap<string, readonly Directive[]>>());
const none: readonly Directive[] = [];

/** The block that a directive stands in, whichever file brought it there. */
export function levelOf(directive: Directive, { config }: Run): Block {
  return directive.parent.owner?.block ?? config.file.root;
}

/** The directives of a name in the block itself. */
export function ownSettings(run: Run, block: Block, key: string): readonly Directive[] {
  let index = indexes(run).get(block);
  if (!index) indexes(run).set(block, (index = indexOf(block)));
  return index.get(key) ?? none;
}

function indexOf(block: Block): ReadonlyMap<string, readonly Directive[]> {
  const index = new Map<string, Directive[]>();
  for (const directive of children(block)) {
    const list = index.get(directive.key);
    if (list) list.push(directive);
    else index.set(directive.key, [directive]);
  }
  return index;
}

/** The directives of the nearest level that has any. */
export function settingsInForce(run: Run, block: Block, key: string): readonly Directive[] {
  for (let level: Block | undefined = block; level; level = outerLevel(level, run)) {
    const own = ownSettings(run, level, key);
    if (own.length > 0) return own;
  }
  return none;
}

/** The last one, which wins. */
export function settingInForce(run: Run, block: Block, key: string): Directive | undefined {
  return settingsInForce(run, block, key).at(-1);
}

/** A file that is looked at by itself has an owner in the config around it, and is the outermost level all the same. */
function outerLevel(block: Block, run: Run): Block | undefined {
  return block === run.config.file.root || !block.owner ? undefined : levelOf(block.owner, run);
}

/** The levels that nginx merges settings into: those of `http` itself are judged in its servers. */
export function mergedLevels(run: Run, block: Block): readonly Block[] {
  if (block.owner?.key !== 'http' && !(block.owner === undefined && run.config.level === 'http')) return [block];
  return ownSettings(run, block, 'server').flatMap((server) => server.block ?? []);
}

/** How sure a judgement is that depends on what the levels around a fragment may set. */
export function surety({ config }: Run): { readonly severity?: 'warning'; readonly confidence?: 'medium' } {
  return config.complete ? {} : { severity: 'warning', confidence: 'medium' };
}
