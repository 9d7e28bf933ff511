/** Whether an input takes more time than its size allows, or more memory than any may. */
import { FuzzFailure } from './failure.ts';
import type { FuzzCase } from './case.ts';
import { checkCase } from './checks.ts';
import { cpuTimeOf } from '../helpers/cpu-time.ts';

/** MB of the whole process. */
const maxMemory = 300;

/** Milliseconds for 100 kB with all rules and formats: junk has a problem every few characters, each with findings of its own. */
const perSize = 4000;

/** Milliseconds of CPU time for linting and printing once; tracing and fixing are some runs more. Of files that include each other each may be read in each. */
export function allowance({ text, files = {}, fix, requests }: FuzzCase): number {
  const size = text.length + Object.values(files).reduce((sum, file) => sum + file.length, 0);
  const runs = (1 + (fix ? 8 : 0) + (requests?.length ?? 0)) * (1 + Object.keys(files).length);
  return perSize * runs * Math.max(1, size / 100_000);
}

/** Checks an input. What took too long is measured once more: the first time includes what is compiled and collected. */
export async function checkBounded(input: FuzzCase, twice: boolean): Promise<void> {
  const limit = allowance(input) * (twice ? 2 : 1);
  const time = await cpuTimeOf(() => checkCase(input, { twice }));
  if (time > limit) {
    const again = await cpuTimeOf(() => checkCase(input, { twice }));
    if (again > limit)
      throw new FuzzFailure('time', `${again.toFixed(0)} ms of CPU time, ${limit.toFixed(0)} are allowed`);
  }
}

/** Of the whole process, with what earlier inputs left behind. */
export function isOverMemory(): boolean {
  return process.memoryUsage.rss() / 2 ** 20 > maxMemory;
}
