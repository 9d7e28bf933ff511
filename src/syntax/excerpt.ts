import type { ConfigFile, Problem } from './tree.ts';

/**
 * Whether a block that is never closed was cut short on purpose: a document shows only how it begins, or says by a line of periods that
 * something is left out of it.
 */
export function isCutShort({ source }: ConfigFile, { start, end }: Problem): boolean {
  if (source.outer?.kind !== 'document') return false;
  const isOmitted = source.template?.gaps.some((gap) => gap.kind === 'omission' && gap.start > start);
  return isOmitted || /^[\s{>]*$/.test(source.code.slice(end));
}
