/** The changes that make one text of another, line by line, so that cursors and folds stay where they are. */
import { diffArrays } from 'diff';
import type { TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Positions } from './positions.ts';

export function editsBetween(document: TextDocument, after: string, positions: Positions): TextEdit[] {
  const edits: TextEdit[] = [];
  let offset = 0;
  let pending: { start: number; end: number; text: string } | undefined;
  const finish = (): void => {
    if (pending) edits.push({ range: positions.rangeOf(document, pending), newText: pending.text });
    pending = undefined;
  };
  for (const { value, added, removed } of diffArrays(linesOf(document.getText()), linesOf(after))) {
    const text = value.join('');
    if (!added && !removed) {
      finish();
      offset += text.length;
      continue;
    }
    pending ??= { start: offset, end: offset, text: '' };
    if (added) pending.text += text;
    else pending.end = offset += text.length;
  }
  finish();
  return edits;
}

/** With their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
