/** Which blocks of an nginx config stay on one line. */
import type { Block } from '../syntax/tree.ts';
import type { Token } from './tokens.ts';

/** Longer ones, counted from the name to the closing brace with one blank between words, are written on several lines. */
const longest = 120;

/** Short ones that were written on one line. */
export function oneLineBlocks(tokens: readonly Token[], text: string): ReadonlySet<Block> {
  const kept = new Set<Block>();
  const open: { readonly block: Block; readonly width: number; readonly opener: number }[] = [];
  let width = 0;
  let begin = 0;
  for (const { kind, directive, first, start, end } of tokens) {
    if (first) begin = width;
    width += end - start + 1;
    const block = directive?.block;
    if (!block) continue;
    if (kind === 'open') open.push({ block, width: begin, opener: end });
    if (kind !== 'close') continue;
    const opened = open.pop();
    if (!opened || opened.block !== block || width - opened.width - 1 > longest) continue;
    if (!text.slice(opened.opener, end).includes('\n')) kept.add(block);
  }
  return kept;
}
