/** The configs in YAML: each kind of file has a file here. */
import type { MappedText } from '../../../text/mapped-text.ts';
import type { Span } from '../../../text/span.ts';
import { asItIs, within, type Piece } from '../piece.ts';
import { readShell } from '../shell/read.ts';
import { composeConfigs, interpolated, isCompose } from './compose.ts';
import { filePieces, namedPieces } from './files.ts';
import type { HeldScalar } from './held.ts';
import { kubernetesPieces } from './kubernetes.ts';
import { hasTagLines, readLines } from './lines.ts';
import { nodesIn, type YamlNode, type YamlScalar } from './nodes.ts';
import { parseYaml } from './parsed.ts';

export function* readYaml(base: MappedText): Generator<Piece> {
  const documents = (hasTagLines(base.text) ? undefined : parseYaml(base)) ?? readLines(base);
  for (const document of documents) yield* piecesOf(document);
}

function* piecesOf(document: YamlNode | undefined): Generator<Piece> {
  const taken = new Set<YamlScalar>();
  const isInCompose = isCompose(document);
  if (isInCompose)
    for (const { scalar, name } of composeConfigs(document)) {
      taken.add(scalar);
      yield { ...interpolated(scalar.content(), scalar.isLiteral), name };
    }
  const scripts: YamlScalar[] = [];
  for (const { node } of nodesIn(document)) {
    if (node.kind === 'scalar') scripts.push(node);
    if (node.kind !== 'map') continue;
    for (const held of [...kubernetesPieces(node), ...filePieces(node), ...namedPieces(node)]) {
      if (taken.has(held.scalar)) continue;
      taken.add(held.scalar);
      yield pieceOf(held);
    }
  }
  for (const scalar of scripts) {
    if (!mayWrite(scalar.value)) continue;
    const { isLiteral } = scalar;
    const script = isInCompose
      ? interpolated(scalar.content(), isLiteral)
      : { content: scalar.content(), ...(isLiteral && { encode: asItIs }) };
    yield* within(script, readShell(script.content));
  }
}

function pieceOf({ scalar, ...more }: HeldScalar): Piece {
  const content = scalar.content();
  return { ...more, content, filledIn: filledInBraces(content.text), ...(scalar.isLiteral && { encode: asItIs }) };
}

/** `${name}`: of `envsubst`, or of Terraform where it makes the file. nginx has it too, and hardly anybody writes it so. */
function filledInBraces(text: string): Span[] {
  if (!text.includes('${')) return [];
  return Array.from(text.matchAll(/\$\{\w[^${}\n]*\}/g), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}

/** Whether a script may write a file with a text of its own. */
function mayWrite(script: string): boolean {
  return script.includes('<<') || (script.includes('>') && /\b(?:echo|printf)\b/.test(script));
}
