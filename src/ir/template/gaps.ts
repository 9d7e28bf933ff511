import type { Span } from '../source.ts';
import type { Block } from '../syntax.ts';

/** Whether a template engine may add directives to the block, or leave some out: on this very level. */
export function hasGap(block: Block): boolean {
  const gaps = block.file.template?.gaps;
  if (!gaps) return false;
  return gaps.some(
    ({ start }) =>
      isWithin(start, block) && !block.directives.some((inner) => inner.block && isWithin(start, inner.block)),
  );
}

function isWithin(offset: number, { start, end }: Span): boolean {
  return start <= offset && offset <= end;
}
