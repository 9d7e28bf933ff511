import type { Place } from '../text/source.ts';

/** What was looked at and not chosen. */
export interface Candidate {
  readonly text: string;
  readonly place: Place;
  /** Why it was not chosen. */
  readonly reason: string;
}
