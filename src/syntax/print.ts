import type { Block, ConfigFile, Dialect, Directive } from './tree.ts';

interface Piece {
  readonly start: number;
  readonly text: string;
}

/** What may stand between the pieces of a tree: white space, httpd's line continuations, libconfig's signs. */
const gaps: Readonly<Record<Dialect, RegExp>> = {
  nginx: /^[ \t\r\n]*$/,
  apache: /^(?:[ \t\r\n\v\f]|\\+\r?\n)*$/,
  sslh: /^[ \t\r\n\v\f:=,;]*$/,
};

/**
 * Rebuilds the code of one file from its tree.
 * @throws {Error} where the tree lacks a piece of the text, or holds one twice
 */
export function print(file: ConfigFile): string {
  const { code } = file.source;
  const gap = gaps[file.dialect];
  let printed = '';
  let at = 0;
  for (const piece of piecesOf(file)) {
    const between = code.slice(at, piece.start);
    if (piece.start < at) throw new Error(`"${piece.text}" at ${piece.start} overlaps the piece before it`);
    if (!gap.test(between)) throw new Error(`the tree lacks ${JSON.stringify(between)} at ${at}`);
    printed += between + piece.text;
    at = piece.start + piece.text.length;
  }
  const rest = code.slice(at);
  if (!gap.test(rest)) throw new Error(`the tree lacks ${JSON.stringify(rest)} at ${at}`);
  return printed + rest;
}

function piecesOf(file: ConfigFile): Piece[] {
  const pieces: Piece[] = [...file.comments, ...file.strays].map(({ start, raw: text }) => ({ start, text }));
  const blocks = [file.root];
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    for (const directive of block.directives) {
      addDirective(directive, pieces);
      if (!directive.block) continue;
      addBlock(directive.block, pieces);
      blocks.push(directive.block);
    }
  }
  return pieces.filter(({ text }) => text !== '').sort((a, b) => a.start - b.start);
}

function addDirective({ name, args, terminator, end }: Directive, pieces: Piece[]): void {
  for (const { start, raw } of [name, ...args]) pieces.push({ start, text: raw });
  if (terminator === ';' || terminator === ',') pieces.push({ start: end - 1, text: terminator });
}

function addBlock({ kind, open, close, body, file }: Block, pieces: Piece[]): void {
  if (body) pieces.push({ start: body.start, text: body.raw });
  if (kind === 'file') return;
  if (kind === 'section') {
    // The words of the opening tag are those of the directive; the closing tag has none of its own.
    if (open) pieces.push({ start: open.start, text: '<' });
    if (open && file.code[open.end - 1] === '>') pieces.push({ start: open.end - 1, text: '>' });
    if (close) pieces.push({ start: close.start, text: file.code.slice(close.start, close.end) });
    return;
  }
  // The closing one may be that of another kind.
  for (const delimiter of [open, close]) {
    if (delimiter) pieces.push({ start: delimiter.start, text: file.code.slice(delimiter.start, delimiter.end) });
  }
}
