/** What stands at a place of a document. */
import type { Config } from '../syntax/config.ts';
import type { Block, ConfigFile, Directive, Word } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';

/** A file of a config. */
export interface OwnFile {
  readonly config: Config;
  readonly file: ConfigFile;
}

export interface Cursor extends OwnFile {
  /** In the text of the file. */
  readonly offset: number;
  /** The innermost block around it. */
  readonly block: Block;
  /** The directive whose name or arguments it stands in or behind; undefined between directives. */
  readonly directive: Directive | undefined;
  /** Which of its words it stands in, or in front of: 0 the name, 1 the first argument. */
  readonly index: number;
  /** The word that it stands in, or at the end of. */
  readonly word: Word | undefined;
}

export function cursorIn({ config, file }: OwnFile, offset: number): Cursor {
  let block = file.root;
  let found: Directive | undefined;
  for (;;) {
    const directive = lastBefore(block.directives, offset);
    const inner = directive?.block;
    if (inner && isInside(inner, offset)) {
      block = inner;
      continue;
    }
    if (directive && isInHeader(directive, file, offset)) found = directive;
    break;
  }
  const words = found ? [found.name, ...found.args] : [];
  const index = words.findIndex(({ end }) => offset <= end);
  const word = words[index];
  return {
    config,
    file,
    offset,
    block,
    directive: found,
    index: index === -1 ? words.length : index,
    word: word && word.start <= offset ? word : undefined,
  };
}

/** The span of a word or directive of the file that the cursor is in, in the document. */
export function spanInDocument({ file }: Cursor, span: Span): Span {
  return file.source.outerSpanOf(span);
}

function isInside({ open, close, end }: Block, offset: number): boolean {
  return open !== undefined && offset >= open.end && offset <= (close?.start ?? end);
}

/** Also behind what is not ended yet: in the middle of writing. */
function isInHeader(directive: Directive, { source, dialect }: ConfigFile, offset: number): boolean {
  const { block, terminator, args, name } = directive;
  // The opening tag of a section of httpd holds the name and the arguments.
  const headerEnd =
    block?.kind === 'section' ? (block.open?.end ?? 0) - 1 : (block?.open?.start ?? (args.at(-1) ?? name).end);
  if (offset <= headerEnd) return true;
  if (block) return false;
  if (terminator === ';' || terminator === ',') return offset < directive.end;
  const between = source.code.slice(headerEnd, offset);
  return dialect === 'apache'
    ? !/(?<!\\)\n/.test(between) && between.trim().replace(/\\/g, '') === ''
    : between.trim() === '';
}

/** The last of directives, in the order of the text, that begins at the offset or before it. */
function lastBefore(directives: readonly Directive[], offset: number): Directive | undefined {
  let low = 0;
  let high = directives.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (directives[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return directives[low - 1];
}
