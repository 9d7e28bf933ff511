import { groupBy } from '../text/group-by.ts';
import type { Block, ConfigFile, Directive } from './tree.ts';

const expanded = new WeakMap<Block, readonly Directive[]>();

/**
 * The directives of a block in the order in which the server meets them: an include directive is followed by
 * the directives of the files that it brought in.
 */
export function children(block: Block): readonly Directive[] {
  if (!block.hasIncluded) return block.directives;
  let all = expanded.get(block);
  if (!all) expanded.set(block, (all = block.directives.flatMap(withIncluded)));
  return all;
}

function withIncluded(directive: Directive): readonly Directive[] {
  if (!directive.included) return [directive];
  return [directive, ...directive.included.flatMap((file) => children(file.root))];
}

/** Blocks with more directives than this are asked for many of them, one after the other, and get an index. */
const fewChildren = 32;
const childrenByKey = new WeakMap<readonly Directive[], ReadonlyMap<string, readonly Directive[]>>();

/** The directives of a block with the given key, includes expanded. */
export function childrenNamed(block: Block | undefined, key: string): readonly Directive[] {
  if (!block) return [];
  const all = children(block);
  if (all.length <= fewChildren) return all.filter((directive) => directive.key === key);
  let index = childrenByKey.get(all);
  if (!index) childrenByKey.set(all, (index = groupBy(all, (directive) => directive.key)));
  return index.get(key) ?? [];
}

/** Calls `visit` for each directive below `block`, depth first, in the server's order. */
export function walk(block: Block, visit: (directive: Directive) => void): void {
  for (const directive of children(block)) {
    visit(directive);
    if (directive.block) walk(directive.block, visit);
  }
}

const byKey = new WeakMap<Block, ReadonlyMap<string, readonly Directive[]>>();

/** All directives below `block` by key, each list in the server's order. Read once a block, when all its includes are expanded. */
export function directivesByKey(block: Block): ReadonlyMap<string, readonly Directive[]> {
  const known = byKey.get(block);
  if (known) return known;
  const index = new Map<string, Directive[]>();
  walk(block, (directive) => {
    const list = index.get(directive.key);
    if (list) list.push(directive);
    else index.set(directive.key, [directive]);
  });
  byKey.set(block, index);
  return index;
}

/** The file and all that it includes, depth first; each place of inclusion once. */
export function allFiles(file: ConfigFile): ConfigFile[] {
  const files: ConfigFile[] = [];
  collect(file, files);
  return files;
}

function collect(file: ConfigFile, files: ConfigFile[]): void {
  files.push(file);
  const visit = (block: Block): void => {
    for (const directive of block.directives) {
      if (directive.included) for (const included of directive.included) collect(included, files);
      if (directive.block) visit(directive.block);
    }
  };
  visit(file.root);
}
