import { nginxDirectives } from '../facts/index.ts';
import type { Block } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';

/** Besides the names what was not read, and what a module outside the nginx source or a template may bring. */
export function mayHold(block: Block, names: readonly string[]): boolean {
  return children(block).some(({ key, included }) => {
    if (names.includes(key)) return true;
    if (key === 'include') return !included?.length;
    const definitions = nginxDirectives(key);
    return definitions.length === 0 || definitions.some(({ origin }) => origin !== 'core');
  });
}
