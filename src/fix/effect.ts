/** Tells whether fixes mended what they were for. */
import type { Finding } from '../rules/finding.ts';
import { placeInEditedFile, type Canonical, type FixedFile } from './apply.ts';

/** True if one of the fixed findings is there again, at its place and with the same fix: it would be applied again and again. */
export function isInVain(
  fixed: readonly Finding[],
  files: readonly FixedFile[],
  after: readonly Finding[],
  canonical: Canonical,
): boolean {
  const editsOf = new Map(files.map(({ file, edits }) => [canonical(file.path), edits]));
  const left = new Set<string>();
  for (const finding of after) {
    if (!finding.fix) continue;
    const { file, start } = placeInEditedFile(finding.place);
    left.add(`${keyOf(finding)}\0${canonical(file.path)}\0${start}`);
  }
  return fixed.some((finding) => {
    const { file, start } = placeInEditedFile(finding.place);
    const path = canonical(file.path);
    let [low, high] = [start, start];
    for (const { place, text } of editsOf.get(path) ?? []) {
      const growth = text.length - (place.end - place.start);
      if (place.end < start) low += growth;
      if (place.end <= start) high += growth;
    }
    // What is inserted right there may stand before the place or behind it.
    return [low, high].some((at) => left.has(`${keyOf(finding)}\0${path}\0${at}`));
  });
}

/** The same offer, wherever it stands. */
function keyOf({ rule, message, fix }: Finding): string {
  return [rule, message, ...(fix?.edits ?? []).map(({ text }) => text)].join('\0');
}
