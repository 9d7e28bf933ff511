import type { Outcome } from '../model/trace.ts';
import type { Directive } from '../syntax/tree.ts';
import type { Kind } from './kinds.ts';

/** One thing that differs between two answers. */
export interface Difference {
  readonly kind: Kind;
  /** The header or setting that it is about; else empty. */
  readonly topic: string;
  /** As the end of "was ..." and "is ... now". */
  readonly was: string;
  readonly is: string;
  /** True for what answers show, too, as far as they reach: where they do it is not said again. */
  readonly isShown?: boolean;
  /** What decides it, of the new side where it is there; left out: the route does. */
  readonly directive?: Directive | undefined;
}

export type Proxied = Extract<Outcome, { readonly kind: 'proxy' }>;
