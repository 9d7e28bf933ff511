/**
 * Whether the CPU time of linting grows with the size of an input, and not faster: `npm run growth [-- PART-OF-A-NAME]`. Each input is
 * linted at n, 2n and 4n. Exit status 1 if one takes more than six times the time at four times the size.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cpuOfProcess } from '../test/helpers/cpu-of-process.ts';
import { bundle } from '../test/helpers/bundle.ts';
import { inputs } from './growth/inputs.ts';
import type { Measured } from './growth/measure.ts';

const maxGrowth = 6;
/** Milliseconds of CPU time after which an input is given up; each takes one or two seconds. */
const patience = 20_000;
const only = process.argv[2];

const directory = mkdtempSync(join(tmpdir(), 'proxylint-growth-'));
const failures: string[] = [];
try {
  const program = await bundle(join(import.meta.dirname, 'growth', 'measure.ts'), directory);
  for (let index = 0; index < inputs.length;) index = await measureFrom(index, program);
} finally {
  rmSync(directory, { recursive: true });
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;

/** Returns the index of the first input that is still to be measured. */
async function measureFrom(first: number, program: string): Promise<number> {
  const args = ['--expose-gc', program, String(first), ...(only === undefined ? [] : [only])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let index = first;
  const time = (): number => cpuOfProcess(child.pid!) ?? Date.now();
  let since = time();
  const timer = setInterval(() => {
    if (time() - since > patience) child.kill('SIGKILL');
  }, 500);
  for await (const line of createInterface(child.stdout)) {
    report(JSON.parse(line) as Partial<Measured>);
    index++;
    since = time();
  }
  clearInterval(timer);
  if (index === inputs.length) return index;
  failures.push(`${inputs[index]!.name}: no end within ${patience / 1000} s, or a crash`);
  console.log(`${inputs[index]!.name.padEnd(60)} no end`);
  return index + 1;
}

function report({ name, cpu }: Partial<Measured>): void {
  if (name === undefined || !cpu) return;
  const growth = cpu[2] / cpu[0];
  const times = cpu.map((time) => time.toFixed(0).padStart(6)).join(' ');
  console.log(`${name.padEnd(60)} ${times} ms   x${growth.toFixed(1)}`);
  // Both must tell: one measurement alone may be wrong.
  if (growth > maxGrowth && cpu[2] / cpu[1] > maxGrowth / 2)
    failures.push(`${name}: x${growth.toFixed(1)} at four times the size`);
}
