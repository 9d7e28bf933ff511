import { Random } from '../oracle/lib/random.ts';
import type { FuzzCase } from './case.ts';
import type { Corpus } from './corpus.ts';
import { kindNames, kinds, type Kind } from './kinds/index.ts';

/** Spreads the indexes of one seed over the states of the generator. */
const stride = 0x9e3779b1;

export interface Generated {
  readonly kind: Kind;
  readonly input: FuzzCase;
}

/** The input of that index: the same for the same seed and corpus, whatever was made before. */
export function generate(seed: number, index: number, corpus: Corpus, only: Kind | undefined): Generated {
  const random = new Random((Math.imul(seed, 0x85ebca6b) ^ Math.imul(index + 1, stride)) >>> 0);
  const kind = only ?? kindNames[index % kindNames.length]!;
  return { kind, input: kinds[kind](random, corpus) };
}
