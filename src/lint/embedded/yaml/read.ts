/** The configs in YAML: each kind of file has a file here. */
import type { MappedText } from '../../../text/mapped-text.ts';
import { asItIs, type Piece } from '../piece.ts';
import { hasTagLines, readLines } from './lines.ts';
import { nodesIn, type YamlNode, type YamlScalar } from './nodes.ts';
import { parseYaml } from './parsed.ts';
import { kubernetesPieces } from './kubernetes.ts';
import type { HeldScalar } from './held.ts';

export function* readYaml(base: MappedText): Generator<Piece> {
  const documents = (hasTagLines(base.text) ? undefined : parseYaml(base)) ?? readLines(base);
  for (const document of documents) yield* piecesOf(document);
}

function* piecesOf(document: YamlNode | undefined): Generator<Piece> {
  const taken = new Set<YamlScalar>();
  for (const { node } of nodesIn(document)) {
    if (node.kind !== 'map') continue;
    for (const held of kubernetesPieces(node)) {
      if (taken.has(held.scalar)) continue;
      taken.add(held.scalar);
      yield pieceOf(held);
    }
  }
}

function pieceOf({ scalar, ...more }: HeldScalar): Piece {
  return { ...more, content: scalar.content(), ...(scalar.isLiteral && { encode: asItIs }) };
}
