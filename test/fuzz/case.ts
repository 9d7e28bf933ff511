import type { Dialect } from '../../src/ir/syntax.ts';
import type { Random } from '../oracle/lib/random.ts';
import type { Corpus } from './corpus.ts';

/** One input of the fuzzer. Plain data, so that it can be shrunk, stored and run in another process. */
export interface FuzzCase {
  /** Tells a document from a config, and where includes start. */
  readonly path: string;
  readonly text: string;
  /** Left out: told from the text. */
  readonly dialect?: Dialect;
  /** The files that includes may reach, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Requests to trace, as a user types them. */
  readonly requests?: readonly { readonly method: string; readonly url: string; readonly headers: readonly string[] }[];
  /** Whether the fixes are applied and the result is linted and fixed again. */
  readonly fix?: boolean;
}

/** Makes an input of its kind; the same for the same state of the generator and the same corpus. */
export type MakeCase = (random: Random, corpus: Corpus) => FuzzCase;
