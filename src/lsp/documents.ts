/** The texts that the editor has open, as it has them. */
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { TextDocumentsConfiguration } from 'vscode-languageserver';
import type { Positions } from './positions.ts';

/** @param positions asked when a change comes: what columns count is agreed on only at the start of a session */
export function documentsCountedIn(positions: () => Positions): TextDocumentsConfiguration<TextDocument> {
  return {
    create: (uri, languageId, version, text) => TextDocument.create(uri, languageId, version, text),
    update(document, changes, version) {
      // One by one: the range of each is one of the text after those before it.
      for (const change of changes) TextDocument.update(document, [inUtf16(document, change, positions())], version);
      return document;
    },
  };
}

function inUtf16(
  document: TextDocument,
  change: TextDocumentContentChangeEvent,
  positions: Positions,
): TextDocumentContentChangeEvent {
  if (!('range' in change)) return change;
  const start = positions.toUtf16(document, change.range.start);
  const end = positions.toUtf16(document, change.range.end);
  return { range: { start, end }, text: change.text };
}
