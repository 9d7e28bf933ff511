import type { Dialect } from '../../src/ir/syntax.ts';

/** An input that can be made of any size. */
export interface GrowthInput {
  readonly name: string;
  /** How many of the things make some 0.1 s of CPU time; it is measured with four times as many, too. */
  readonly n: number;
  readonly make: (n: number) => GrowthText;
}

export interface GrowthText {
  readonly path: string;
  readonly text: string;
  readonly dialect?: Dialect;
  /** The files that it includes, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export function many(n: number, part: (index: number) => string): string {
  return Array.from({ length: n }, (_, index) => part(index)).join('');
}
