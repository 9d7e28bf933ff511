/** Where the comment goes that silences a finding, and what it says. */
import type { Finding } from '../../rules/finding.ts';
import { children } from '../../syntax/walk.ts';
import { headerOf, type Block, type ConfigFile } from '../../syntax/tree.ts';
import { placeInOuter, innerOffsetOf } from '../../text/source.ts';
import type { View } from '../view.ts';

export interface SuppressionComment {
  /** In the document: the beginning of a line. */
  readonly offset: number;
  readonly before: string;
  /** To be replaced by who writes it. */
  readonly reason: string;
  readonly after: string;
}

/** Undefined where no comment can silence it: in a dump, in another file. */
export function suppressionAt(view: View, { rule, place }: Finding): SuppressionComment | undefined {
  const { outer } = place.file;
  if (outer?.kind === 'dump' || !view.isShown(placeInOuter(place).file.path)) return undefined;
  const own = view.files.find(
    ({ file }) => file.source.text === place.file.text && offsetOf(file) === (outer?.offset ?? 0),
  );
  const text = view.document.getText();
  const start = own ? headerStart(own.file, place.start) : place.start;
  if (outer?.kind === 'embedded' && !outer.encode) return undefined;
  const offset = lineStart(text, place.file.outerSpanOf({ start, end: start }).start);
  const indent = /^[ \t]*(?:>[ \t]?)*/.exec(text.slice(offset, offset + 200))![0];
  // Where a line of the config begins in the middle of one of the file around it, there is no room.
  if (outer?.kind === 'embedded' && innerOffsetOf(place.file, offset + indent.length) === undefined) return undefined;
  const end = /\r?\n/.exec(text)?.[0] ?? '\n';
  return { offset, before: `${indent}# proxylint-ignore ${rule}: `, reason: 'say here why it is right', after: end };
}

function offsetOf({ source }: ConfigFile): number {
  return source.outer?.offset ?? 0;
}

/** Of the directive whose name or arguments hold the place: a comment in the middle of it would be a word to the server. */
function headerStart({ root }: ConfigFile, offset: number): number {
  let block: Block | undefined = root;
  while (block) {
    let inner: Block | undefined;
    for (const directive of children(block)) {
      if (directive.parent.file !== root.file || directive.start > offset) continue;
      if (offset <= headerOf(directive).end) return directive.start;
      if (directive.block && offset < directive.end) inner = directive.block;
    }
    block = inner;
  }
  return offset;
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
