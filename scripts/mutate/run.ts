/** What a process of `worker.ts` is told, and what it tells. */
import type { Called } from './coverage.ts';
import type { MutatedFile } from './program.ts';

/** Stands for the title of a test where a suite cannot be loaded. */
export const notLoaded = 'cannot be loaded';

export interface Run {
  /** From the folder of the project. */
  readonly suite: string;
  /** Full titles of tests and groups that come first, in this order. */
  readonly first: readonly string[];
  /** Whether the others are run, too. */
  readonly others: boolean;
  /** Full titles of tests that are not run. */
  readonly without: readonly string[];
}

export interface Job {
  readonly mutated?: MutatedFile | undefined;
  readonly runs: readonly Run[];
  /** Run all tests, whether they fail or not. */
  readonly all?: boolean;
  /** Tell what is called: by each group at the top, or by some tests at a time. */
  readonly coverage?: 'groups' | 'tests';
}

export interface Answer {
  /** Of all that were run, with the suites; only the first one without `all`. */
  readonly failed: readonly string[];
  readonly passed: number;
  readonly called: readonly Called[];
}
