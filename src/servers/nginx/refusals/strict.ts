/** Reads a file whose braces do not balance as nginx reads it: each brace where it stands, up to where it gives up. */
import type { Span } from '../../../text/source.ts';
import type { Block, ConfigFile, Directive, Stray } from '../../../syntax/tree.ts';

type OpenBlock = { -readonly [Key in keyof Block]: Block[Key] } & { readonly directives: Directive[] };

export interface StrictReading {
  readonly root: Block;
  /** The brace, semicolon or end of the file at which nginx stops. */
  readonly stop: Span;
}

/** What the parser's tree holds, in the order of the text: headers of directives, closing braces and strays. */
type Piece = Directive | Span | Stray;

export function readStrictly(file: ConfigFile): StrictReading {
  const { source, root: read } = file;
  const root: OpenBlock = { ...read, directives: [] };
  const open: OpenBlock[] = [];
  let block = root;
  for (const piece of piecesOf(file)) {
    if ('kind' in piece) {
      const directive = add(piece, block);
      if (directive.terminator === 'none') return { root, stop: spanAfter(piece, source.text) };
      if (directive.block?.kind !== 'braces') continue;
      open.push(block);
      block = directive.block as OpenBlock;
    } else if (source.text[piece.start] === '}' && open.length > 0) {
      block.close = piece;
      block = open.pop()!;
    } else return { root, stop: piece };
  }
  const { length } = source.text;
  return { root, stop: { start: length, end: length } };
}

/** A copy of the directive in the block; its own block is empty as yet. */
function add(piece: Directive, parent: OpenBlock): Directive {
  const directive: { -readonly [Key in keyof Directive]: Directive[Key] } = { ...piece, parent };
  if (piece.block?.kind === 'braces') {
    directive.block = { ...piece.block, directives: [], owner: directive, close: undefined };
  }
  parent.directives.push(directive);
  return directive;
}

/** Where nginx meets something else than the `;` that it waits for. */
function spanAfter({ args, name }: Directive, text: string): Span {
  const { end } = args.at(-1) ?? name;
  const brace = text.indexOf('}', end);
  return brace === -1 ? { start: text.length, end: text.length } : { start: brace, end: brace + 1 };
}

function piecesOf({ root, strays, source }: ConfigFile): Piece[] {
  const pieces: Piece[] = strays.filter(({ start }) => start > 0 || source.text[0] !== '\uFEFF');
  collect(root, pieces);
  return pieces.sort((a, b) => a.start - b.start);
}

function collect(block: Block, pieces: Piece[]): void {
  for (const directive of block.directives) {
    pieces.push(directive);
    if (directive.block?.kind !== 'braces') continue;
    collect(directive.block, pieces);
    if (directive.block.close) pieces.push(directive.block.close);
  }
}
