/** Makes a failing input small. */
import type { FuzzCase } from './case.ts';

/** Milliseconds of CPU time. */
const timeLimit = 20_000;

/** Takes away lines, then characters, as long as it still fails; `fails` gets each smaller input. */
export async function shrink(input: FuzzCase, fails: (input: FuzzCase) => Promise<boolean>): Promise<FuzzCase> {
  const start = process.cpuUsage();
  const isTime = (): boolean => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000 < timeLimit;
  };
  let current = input;
  for (const key of ['files', 'requests', 'fix'] as const) {
    const { [key]: _, ...without } = current;
    if (current[key] !== undefined && (await fails(without))) current = without;
  }
  for (const pattern of [/[^\n]*\n|[^\n]+/g, /\s+|[^\s;{}()<>]+|[^]/g, /[^]/g]) {
    const parts = current.text.match(pattern) ?? [];
    const kept = await reduce(parts, async (some) => isTime() && (await fails({ ...current, text: some.join('') })));
    current = { ...current, text: kept.join('') };
  }
  return current;
}

/** Delta debugging: leaves out ever smaller parts of a list. */
async function reduce(
  parts: readonly string[],
  fails: (parts: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  let current = parts;
  for (let size = Math.ceil(current.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < current.length;) {
      const without = [...current.slice(0, start), ...current.slice(start + size)];
      if (await fails(without)) current = without;
      else start += size;
    }
  }
  return current;
}
