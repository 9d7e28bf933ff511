import type { Block } from './tree.ts';

/** Whether a template engine may add directives to the block, or leave some out: on this very level. */
export function hasGap(block: Block): boolean {
  const gaps = block.file.template?.gaps;
  if (!gaps) return false;
  // Both stand in the order of the text.
  let index = 0;
  for (const { start } of gaps) {
    if (start < block.start) continue;
    if (start > block.end) return false;
    while (index < block.directives.length && endOfBlock(block, index) < start) index++;
    const inner = block.directives[index]?.block;
    if (!inner || start < inner.start) return true;
  }
  return false;
}

/** Before everything for a directive without a block, which is passed over. */
function endOfBlock({ directives }: Block, index: number): number {
  return directives[index]!.block?.end ?? -1;
}
