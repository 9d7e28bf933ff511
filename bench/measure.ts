/** Runs commands by turns, as the machine is never quiet, and compares their medians. */
import { spawnSync } from 'node:child_process';

export interface Usage {
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds, user and system. */
  readonly cpu: number;
}

export type Command = readonly [program: string, ...args: string[]];

/** The median of each command's runs, by its name. */
export function measure<Name extends string>(
  commands: Readonly<Record<Name, Command>>,
  runs: number,
): Record<Name, Usage> {
  const names = Object.keys(commands) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as Usage[]])) as Record<Name, Usage[]>;
  for (let run = 0; run < runs; run++) for (const name of names) taken[name].push(usageOf(commands[name]));
  return Object.fromEntries(names.map((name) => [name, medianOf(taken[name])])) as Record<Name, Usage>;
}

export function usageOf([program, ...args]: Command): Usage {
  const line = [program, ...args].map((word) => `'${word}'`).join(' ');
  const { stderr } = spawnSync('bash', ['-c', `TIMEFORMAT='%R %U %S'; time ${line} >/dev/null 2>&1`], {
    encoding: 'utf8',
  });
  const [wall, user, system] = stderr.trim().split(' ').map(Number);
  return { wall: wall! * 1000, cpu: (user! + system!) * 1000 };
}

function medianOf(usages: readonly Usage[]): Usage {
  return { wall: median(usages.map(({ wall }) => wall)), cpu: median(usages.map(({ cpu }) => cpu)) };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

export function isInstalled(program: string): boolean {
  return spawnSync(program, ['-v']).error === undefined;
}
