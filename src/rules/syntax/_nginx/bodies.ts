import type { Block, Directive } from '../../../ir/syntax.ts';
import type { Run } from './run.ts';

/** Checks a block of entries (`map`, `geo`, `types`...); `owner` is undefined for a file of such entries. */
export function checkEntries(_block: Block, _owner: Directive | undefined, _run: Run): void {}
