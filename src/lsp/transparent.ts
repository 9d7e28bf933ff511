import { isConditional } from '../servers/apache/meaning/section-kinds.ts';
import type { Directive } from '../syntax/tree.ts';

/** Whether what stands in a block counts as if it stood around it. */
export function isTransparent(directive: Directive): boolean {
  return directive.block?.kind === 'section' && isConditional(directive);
}
