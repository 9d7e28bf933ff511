import type { SourceFile } from '../text/source.ts';
import type { Block, Directive } from './tree.ts';

/** A node that a parser still builds. */
export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A block into which a parser puts directives. */
export type OpenBlock = Mutable<Block> & { directives: Directive[] };

/** The block of a whole file, still empty. What is included stands in the block around the include. */
export function fileBlock(source: SourceFile, includedBy: Directive | undefined): OpenBlock {
  return {
    kind: 'file',
    directives: [],
    owner: includedBy?.parent.owner,
    file: source,
    open: undefined,
    close: undefined,
    start: 0,
    end: source.text.length,
  };
}
