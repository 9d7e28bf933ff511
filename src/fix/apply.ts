import type { Edit, Fix } from '../rules/finding.ts';
import { isEditedOutside, placeInOuter, type Place, type SourceFile } from '../text/source.ts';

/** A file as it reads after a pass. */
export interface FixedFile {
  /** The file that is edited: for a block of a document, the document. */
  readonly file: SourceFile;
  readonly text: string;
  /** In the order of the text. */
  readonly edits: readonly Edit[];
}

export interface Applied<Item> {
  /** Those whose edits are in the texts, in the given order. */
  readonly applied: readonly Item[];
  readonly files: readonly FixedFile[];
}

/** Tells which paths are one file. */
export type Canonical = (path: string) => string;

/**
 * One pass: applies each fix whose edits touch none of an earlier fix; the others are left for the next pass, after a
 * new look at the text. A fix is applied whole or not at all.
 */
export function applyFixes<Item extends { readonly fix?: Fix }>(
  items: readonly Item[],
  canonical: Canonical = (path) => path,
): Applied<Item> {
  const accepted = new Map<string, { file: SourceFile; edits: Edit[] }>();
  const applied: Item[] = [];
  for (const item of items) {
    if (!item.fix) continue;
    const edits = item.fix.edits.map(inEditedFile);
    const keys = edits.map(({ place }) => canonical(place.file.path));
    const isTaken = edits.some((edit, index) => {
      const earlier = accepted.get(keys[index]!)?.edits ?? [];
      const own = edits.filter((_, other) => other < index && keys[other] === keys[index]);
      return earlier.some((other) => overlaps(edit, other)) || own.some((other) => overlaps(edit, other));
    });
    if (isTaken) continue;
    applied.push(item);
    for (const [index, edit] of edits.entries()) {
      const entry = accepted.get(keys[index]!);
      if (entry) entry.edits.push(edit);
      else accepted.set(keys[index]!, { file: edit.place.file, edits: [edit] });
    }
  }
  const files = [...accepted.values()].map(({ file, edits }) => {
    const ordered = edits.toSorted((a, b) => a.place.start - b.place.start);
    return { file, text: applyEdits(file.text, ordered), edits: ordered };
  });
  return { applied, files };
}

/** The text with edits that do not overlap, in the order of the text. */
function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { place, text: replacement } of edits) {
    pieces.push(text.slice(at, place.start), replacement);
    at = place.end;
  }
  return pieces.join('') + text.slice(at);
}

/** An edit in a block of a document, as an edit of the document. */
function inEditedFile(edit: Edit): Edit {
  const place = placeInEditedFile(edit.place);
  return place === edit.place ? edit : { ...edit, place };
}

/** A place in a block of a document, as a place in the document. */
export function placeInEditedFile(place: Place): Place {
  return isEditedOutside(place.file.outer) ? placeInOuter(place) : place;
}

/** Two insertions at one place overlap: their order would be a guess. */
function overlaps(a: Edit, b: Edit): boolean {
  if (a.place.start === b.place.start) return true;
  return a.place.start < b.place.end && b.place.start < a.place.end;
}
