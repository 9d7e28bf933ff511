import type { Outcome } from '../model/trace.ts';
import type { Kind } from './kinds.ts';

/** One thing that differs between two answers. */
export interface Difference {
  readonly kind: Kind;
  /** The header or setting that it is about; else empty. */
  readonly topic: string;
  /** As the end of "was ..." and "is ... now". */
  readonly was: string;
  readonly is: string;
}

export type Proxied = Extract<Outcome, { readonly kind: 'proxy' }>;
