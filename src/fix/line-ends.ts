/** Line ends of inserted text. */
import type { Edit } from '../rules/finding.ts';

/**
 * The edit with the line end of the line that it changes in place of each `\n` of its text, so that a rule need not know
 * how the file ends its lines.
 */
export function withLineEnds(edit: Edit): Edit {
  if (!edit.text.includes('\n')) return edit;
  const { file, start } = edit.place;
  return { ...edit, text: edit.text.replaceAll(/\r?\n/g, lineEndAt(file.text, start)) };
}

/** How the line at an offset ends; the last one, which need not end, as the line before it. */
function lineEndAt(text: string, offset: number): string {
  const next = text.indexOf('\n', offset);
  const at = next === -1 ? text.lastIndexOf('\n', offset) : next;
  return text[at - 1] === '\r' ? '\r\n' : '\n';
}
