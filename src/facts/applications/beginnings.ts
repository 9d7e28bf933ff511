/**
 * The first letters of words, as numbers in a table: most words of a config are none of those that are looked for, which the first letters tell
 * without making a text of them.
 */

/** So many letters tell most words from those that are looked for. */
export const letters = 3;

/** Letters and figures, and one for all else. */
export const base = 37;

export type Beginnings = Uint8Array;

/** Of a letter or a figure, in either case; 0 for all else. */
export function digitOf(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code - 0x60;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 27;
  return code >= 0x41 && code <= 0x5a ? code - 0x40 : 0;
}

/** Holds 1 at the number of each word's first letters; a shorter word has a number of its own. */
export function beginningsOf(words: Iterable<string>): Beginnings {
  const known = new Uint8Array(base ** letters);
  for (const word of words) {
    let key = 0;
    for (let at = 0; at < letters && at < word.length; at++) key = key * base + digitOf(word.charCodeAt(at));
    known[key] = 1;
  }
  return known;
}
