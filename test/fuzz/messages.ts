/** What the processes of the fuzzer say to each other. */
import type { FuzzCase } from './case.ts';
import type { Kind } from './kinds/index.ts';

/** What a worker does: the inputs `from` up to, not including, `to`, unless `until` (milliseconds since 1970) comes first. */
export interface Task {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly until: number;
  readonly kind: Kind | undefined;
  readonly fixtures: string;
  readonly folders: readonly string[];
  /** The file into which the worker writes the index of each input before it begins with it. */
  readonly progress: string;
}

export interface Failure {
  readonly index: number;
  readonly kind: Kind;
  readonly signature: string;
  readonly message: string;
  /** As small as it could be made. */
  readonly input: FuzzCase;
}

export type Message =
  | { readonly type: 'failure'; readonly failure: Failure }
  /** `next`: the first index that was not looked at; there may be more to do, which takes a new process. */
  | { readonly type: 'done'; readonly next: number };
