import type { Edit, Fix } from '../finding.ts';
import type { SourceFile } from '../ir/source.ts';

/** A file as it reads after a pass. For a file inside a document or dump: the inner text. */
export interface FixedFile {
  readonly file: SourceFile;
  readonly text: string;
}

/**
 * One pass: applies each fix whose edits touch none of an earlier fix; the others are left for the next pass, after a
 * new look at the text. A fix is applied whole or not at all.
 */
export function applyFixes(fixes: readonly Fix[]): FixedFile[] {
  const accepted = new Map<string, { file: SourceFile; edits: Edit[] }>();
  for (const { edits } of fixes) {
    if (
      edits.some((edit, index) => overlapsAny(edit, accepted.get(keyOf(edit.place.file))?.edits ?? [], edits, index))
    ) {
      continue;
    }
    for (const edit of edits) {
      const { file } = edit.place;
      const entry = accepted.get(keyOf(file));
      if (entry) entry.edits.push(edit);
      else accepted.set(keyOf(file), { file, edits: [edit] });
    }
  }
  return [...accepted.values()].map(({ file, edits }) => ({ file, text: applyEdits(file.text, edits) }));
}

/** The text with edits that do not overlap, in any order. */
function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { place, text: replacement } of edits.toSorted((a, b) => a.place.start - b.place.start)) {
    pieces.push(text.slice(at, place.start), replacement);
    at = place.end;
  }
  return pieces.join('') + text.slice(at);
}

/** A file that is included twice is one file; two blocks of one document are two. */
function keyOf(file: SourceFile): string {
  return `${file.path}\0${file.outer?.offset ?? ''}`;
}

function overlapsAny(edit: Edit, earlier: readonly Edit[], own: readonly Edit[], index: number): boolean {
  return (
    earlier.some((other) => overlaps(edit, other)) ||
    own.slice(0, index).some((other) => keyOf(other.place.file) === keyOf(edit.place.file) && overlaps(edit, other))
  );
}

/** Two insertions at one place overlap: their order would be a guess. */
function overlaps(a: Edit, b: Edit): boolean {
  if (a.place.start === b.place.start) return true;
  return a.place.start < b.place.end && b.place.start < a.place.end;
}
