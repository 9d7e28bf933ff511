import type { Directive, Word } from '../syntax/tree.ts';
import type { Place } from '../text/source.ts';

/** A name where it is given or used. */
export interface Occurrence {
  /** Names of one kind and key are the same thing. */
  readonly kind: string;
  readonly key: string;
  /** As it is written, without signs around it. */
  readonly name: string;
  readonly isDefinition: boolean;
  readonly place: Place;
  readonly directive: Directive;
}

/** A part of a word as a name. `from`: where it begins in the raw text of the word. */
export function occurrenceIn(
  directive: Directive,
  word: Word,
  part: { readonly name: string; readonly from: number; readonly kind: string; readonly key?: string },
  isDefinition: boolean,
): Occurrence {
  const { name, from, kind, key = name } = part;
  const start = word.start + from;
  return {
    kind,
    key,
    name,
    isDefinition,
    directive,
    place: { file: directive.parent.file, start, end: start + name.length },
  };
}
