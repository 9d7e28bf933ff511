import type { NginxDirective } from '../facts/types.ts';
import { listWords } from './contexts.ts';

/** `1 argument`, `no arguments`. */
export function countOf(count: number): string {
  return count === 0 ? 'no arguments' : count === 1 ? '1 argument' : `${count} arguments`;
}

/** What a directive takes: `1 or 2 arguments`, `at least 1 argument`. */
export function expectedCount({ counts, min }: NginxDirective): string {
  if (!counts) return `at least ${countOf(min)}`;
  if (counts.length === 1) return countOf(counts[0]!);
  return `${listWords(counts.map((count) => (count === 0 ? 'no' : String(count))))} arguments`;
}
