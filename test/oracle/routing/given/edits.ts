/** Edits of a text by spans, applied at once. */
import type { Span } from '../../../../src/text/source.ts';

export interface Edit extends Span {
  readonly text: string;
}

/** Of overlapping edits the outermost counts. */
export function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start < at) continue;
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return parts.join('') + text.slice(at);
}
