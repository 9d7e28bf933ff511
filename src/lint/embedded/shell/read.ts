/** What shell scripts write into files: here-documents, and the arguments of `echo` and `printf`. */
import type { MappedText } from '../../../text/mapped-text.ts';
import type { Piece } from '../piece.ts';
import { writtenByEcho } from './echo.ts';
import { hereDocumentsIn } from './here-documents.ts';

/** The way to the contents of here-documents in here-documents. */
const maxDepth = 3;

export function readShell(base: MappedText): Piece[] {
  return [...piecesOf(base, 0)];
}

function* piecesOf(base: MappedText, depth: number): Generator<Piece> {
  const { text } = base;
  const bodies: { start: number; end: number }[] = [];
  if (text.includes('<<'))
    for (const { piece, body, isScript } of hereDocumentsIn(base)) {
      bodies.push(body);
      const inner = isScript && depth < maxDepth ? [...piecesOf(base.slice(body.start, body.end), depth + 1)] : [];
      if (inner.length > 0) yield* inner;
      else yield piece;
    }
  if (/\b(?:echo|printf)\b/.test(text)) yield* writtenByEcho(base, bodies);
}
