/** Names for numbered groups: what reads them by name meets neither their count nor their escaping. */
import type { Edit } from '../finding.ts';
import { captureGroups } from '../../regex/captures.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';

const numbered = /\$([1-9])/g;

/**
 * The edits that name the groups of a pattern which some words read by number, and make the words read them by name. Undefined where an
 * escape hides where a group begins, or a word reads what the pattern has not.
 */
export function nameCaptures(
  pattern: { readonly word: Word; readonly directive: Directive },
  readers: readonly { readonly word: Word; readonly directive: Directive }[],
): readonly Edit[] | undefined {
  const numbers = new Set(
    readers.flatMap(({ word }) => [...word.raw.matchAll(numbered)].map(([, digit]) => Number(digit))),
  );
  const { word, directive } = pattern;
  const offset = word.raw.indexOf(word.value);
  if (offset === -1 || numbers.size === 0) return undefined;
  const groups = captureGroups(word.value).filter(({ number }) => numbers.has(number));
  if (groups.length < numbers.size) return undefined;
  const names = new Map(
    groups.map(({ number, name }) => [number, name ?? freeName(number, directive.parent.file.text)]),
  );
  const edits: Edit[] = groups.flatMap(({ number, name, start }) => {
    const at = word.start + offset + start;
    return name ? [] : { place: placeIn(directive, { start: at, end: at }), text: `?<${names.get(number)!}>` };
  });
  for (const reader of readers) {
    const text = reader.word.raw.replace(numbered, (_, digit) => `\${${names.get(Number(digit))!}}`);
    edits.push({ place: placeIn(reader.directive, reader.word), text });
  }
  return edits;
}

/** A name that nothing else in the file has. */
function freeName(number: number, text: string): string {
  let name = `part${number}`;
  while (text.includes(name)) name += 'x';
  return name;
}
