/** What every question to the worker begins with. */
import type { SetName } from '../../src/config/sets.ts';
import type { Dialect } from '../../src/syntax/tree.ts';

export type { Dialect, SetName };

/** A text, and how it is to be read. */
export interface Input {
  readonly text: string;
  /** Undefined: told by the content. */
  readonly dialect: Dialect | undefined;
  /** Versions as the user writes them; an empty one says nothing. */
  readonly targets: Readonly<Partial<Record<Dialect, string>>>;
  readonly profile: SetName;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}
