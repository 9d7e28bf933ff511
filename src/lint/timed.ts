import type { Phase, Timings } from './timings.ts';

/** Measures the work for whoever asks; else it is only done. */
export function timed<Result>(timings: Timings | undefined, phase: Phase, work: () => Result): Result {
  return timings ? timings.phase(phase, work) : work();
}
