import { enclosing, type Block, type Directive } from '../../../syntax/tree.ts';

/** The block of the virtual host around a directive, or the top of the config. */
export function serverOf(directive: Directive): Block {
  let block = directive.parent;
  for (let around = enclosing(directive); around; around = enclosing(around)) {
    if (around.key === 'virtualhost' && around.block) return around.block;
    block = around.parent;
  }
  return block;
}
