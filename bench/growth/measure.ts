/**
 * Measures inputs, as a program of its own that may be stopped: `measure INDEX` begins with that input and prints a line of JSON
 * for each, as soon as it is known.
 */
import { loadFormatter, type LintResult } from '../../src/index.ts';
import { lintText } from '../../src/lint-text.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { memoryFiles } from '../../test/helpers/memory-files.ts';
import { cpuTimeOf } from '../../test/helpers/cpu-time.ts';
import type { GrowthInput, GrowthText } from './input.ts';
import { inputs } from './inputs.ts';

export interface Measured {
  readonly name: string;
  /** Milliseconds of CPU time for n, 2n and 4n. */
  readonly cpu: readonly [number, number, number];
}

/** CPU time may grow so many times when an input becomes four times as large. */
export const maxGrowth = 6;
/** Runs of one size: what comes out is the least, as everything else on the machine only adds to it. */
const runs = 2;
const moreRuns = 5;
/** All but the one that has a limit of time of its own. */
const everyRule = Object.fromEntries(
  rules.map(({ id }) => [id, { severity: id === 'regex-redos' ? ('off' as const) : ('default' as const) }]),
);

async function measure(input: GrowthInput): Promise<Measured> {
  const texts = [1, 2, 4].map((factor) => input.make(input.n * factor));
  // What is compiled and cached in the first runs is no growth.
  await lint(texts[0]!);
  await lint(texts[0]!);
  const cpu = texts.map(() => Infinity) as [number, number, number];
  const again = async (count: number): Promise<void> => {
    for (let run = 0; run < count; run++) {
      for (const [index, text] of texts.entries()) {
        globalThis.gc?.();
        cpu[index] = Math.min(cpu[index]!, await cpuTimeOf(() => lint(text)));
      }
    }
  };
  await again(runs);
  if (cpu[2] > maxGrowth * cpu[0]) await again(moreRuns - runs);
  return { name: input.name, cpu };
}

async function lint({ path, text, dialect, files }: GrowthText): Promise<void> {
  const result = await lintText(text, {
    path,
    rules: everyRule,
    ...(dialect && { dialect }),
    ...(files && { files: memoryFiles(files) }),
  });
  await format(result);
}

async function format({ findings, files, partial, suppressed }: LintResult): Promise<void> {
  const report = { version: '0', findings, files: files.length, suppressed, partial, rules };
  for (const name of ['pretty', 'json'] as const) await (await loadFormatter(name))(report, { color: false });
}

const only = process.argv[3];
for (const input of inputs.slice(Number(process.argv[2]))) {
  if (only === undefined || input.name.includes(only)) console.log(JSON.stringify(await measure(input)));
  else console.log('{}');
}
