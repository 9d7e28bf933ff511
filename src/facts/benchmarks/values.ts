/** Comparisons of written values, for the tables of the benchmarks. */
import type { BenchmarkSetting } from './types.ts';

type Fits = BenchmarkSetting['fits'];

export const any: Fits = () => true;

/** The first argument is one of the words, in any case. */
export function oneOf(...words: readonly string[]): Fits {
  return ([first]) => first !== undefined && words.includes(first.toLowerCase());
}

/** None of the arguments is one of the words, in any case, also with a `+`. */
export function noneOf(...words: readonly string[]): Fits {
  return (args) => !args.some((arg) => words.includes(arg.toLowerCase().replace(/^\+/, '')));
}

/** All arguments together, with single spaces. */
export function matching(pattern: RegExp): Fits {
  return (args) => pattern.test(args.join(' '));
}

export function notMatching(pattern: RegExp): Fits {
  return (args) => !pattern.test(args.join(' '));
}

/** The first argument is a whole number, with a unit or without, in the range. */
export function between(minimum: number, maximum: number): Fits {
  return ([first]) => {
    const count = /^(\d+)[a-z]*$/i.exec(first ?? '')?.[1];
    return count === undefined ? undefined : Number(count) >= minimum && Number(count) <= maximum;
  };
}

/** An argument `name=5` or `name=5-10,MinRate=500` allows at most so many seconds; true if there is none. */
export function upTo(name: string, maximum: number): Fits {
  return (args) => {
    const values = args.flatMap((arg) => new RegExp(`^${name}=(?:\\d+-)?(\\d+)`, 'i').exec(arg)?.[1] ?? []);
    return values.every((value) => Number(value) > 0 && Number(value) <= maximum);
  };
}

/** The first argument is a time, but not 0. */
export function upToMinutes(maximum: number): Fits {
  return (_, seconds) => (seconds === undefined ? undefined : seconds > 0 && seconds <= maximum * 60);
}
