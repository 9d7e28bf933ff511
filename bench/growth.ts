/**
 * Whether the work of linting grows with the size of an input, and not faster: `npm run growth [-- [--time] PART-OF-A-NAME]`. Each
 * input is linted at n, 2n and 4n, and the steps are counted; with `--time` the CPU time is taken, which sees what built-in functions
 * do as well, and is not the same twice. Exit status 1 if one takes more than five times the steps (six times the time) at four times
 * the size.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { cpuOfProcess } from '../test/helpers/cpu-of-process.ts';
import { inputs } from './growth/inputs.ts';
import type { Measured } from './growth/measure.ts';

const { values, positionals } = parseArgs({
  options: { time: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [kind, unit, maxGrowth] = values.time ? (['time', 'ms', 6] as const) : (['steps', 'steps', 5] as const);
/** Milliseconds of CPU time after which an input is given up; each takes one or two seconds. */
const patience = 30_000;

const failures: string[] = [];
// Steps are the same on a busy machine, times are not.
const processes = values.time ? 1 : availableParallelism();
await Promise.all(Array.from({ length: processes }, (_, first) => measureAll(first)));
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;

/** Every so many'th input, so that each process has its share of the dear ones. */
async function measureAll(first: number): Promise<void> {
  for (let index = first; index < inputs.length;) index = await measureFrom(index);
}

/** Returns the index of the first input that is still to be measured. */
async function measureFrom(first: number): Promise<number> {
  const program = join(import.meta.dirname, 'growth', 'measure.ts');
  // A call that the optimizing compiler puts into its caller is not counted.
  const compiler = values.time ? [] : ['--no-opt'];
  const args = [
    '--expose-gc',
    ...compiler,
    '--import',
    'tsx',
    program,
    kind,
    String(first),
    String(processes),
    ...positionals.slice(0, 1),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let index = first;
  const time = (): number => cpuOfProcess(child.pid!) ?? Date.now();
  let since = time();
  const timer = setInterval(() => {
    if (time() - since > patience) child.kill('SIGKILL');
  }, 500);
  for await (const line of createInterface(child.stdout)) {
    report(JSON.parse(line) as Partial<Measured>);
    index += processes;
    since = time();
  }
  clearInterval(timer);
  if (index >= inputs.length) return index;
  failures.push(`${inputs[index]!.name}: no end within ${patience / 1000} s, or a crash`);
  console.log(`${inputs[index]!.name.padEnd(60)} no end`);
  return index + processes;
}

function report({ name, work, functions = [] }: Partial<Measured>): void {
  if (name === undefined || work === undefined) return;
  const growth = work.at(-1)! / work[0]!;
  const figures = work.map((figure) => figure.toFixed(0).padStart(9)).join(' ');
  console.log(`${name.padEnd(60)} ${figures} ${unit}   x${growth.toFixed(1)}`);
  if (growth <= maxGrowth) return;
  const where = functions.map((one) => `\n  ${one.steps} steps too many in ${one.name}`).join('');
  failures.push(`${name}: x${growth.toFixed(1)} at four times the size${where}`);
}
