import type { Place } from './source.ts';

/** Replaces the text of a place; an insertion has an empty place. */
export interface Edit {
  readonly place: Place;
  readonly text: string;
}
