/** What shell scripts write into files: here-documents, and the arguments of `echo` and `printf`. */
import type { MappedText } from '../../../text/mapped-text.ts';
import { isBalanced, type Piece } from '../piece.ts';
import { writtenByEcho } from './echo.ts';
import { hereDocumentsIn } from './here-documents.ts';

/** The way to the contents of here-documents in here-documents. */
const maxDepth = 3;

export function readShell(base: MappedText): Piece[] {
  return [...piecesOf(base, 0)];
}

function isOnly(names: readonly (string | undefined)[], name: string | undefined): boolean {
  return name !== undefined && names.indexOf(name) === names.lastIndexOf(name) && !name.includes('$');
}

function* piecesOf(base: MappedText, depth: number): Generator<Piece> {
  const { text } = base;
  const documents = text.includes('<<') ? [...hereDocumentsIn(base)] : [];
  const bodies = documents.map(({ body }) => body);
  const echoed = /\b(?:echo|printf)\b/.test(text) ? [...writtenByEcho(base, bodies)] : [];
  const written = [...documents.map(({ piece }) => piece), ...echoed].map(({ name }) => name);
  // A script may write a config in parts: a block that is closed in another one is no mistake.
  const isWhole = ({ content, name }: Piece): boolean => isBalanced(content.text) || isOnly(written, name);
  for (const { piece, body, isScript } of documents) {
    const inner = isScript && depth < maxDepth ? [...piecesOf(base.slice(body.start, body.end), depth + 1)] : [];
    if (inner.length > 0) yield* inner;
    else if (isWhole(piece)) yield piece;
  }
  yield* echoed.filter(isWhole);
}
