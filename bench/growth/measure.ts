/**
 * Measures inputs, as a program of its own that may be stopped: `measure steps|time INDEX STEP [PART-OF-A-NAME]` begins with that
 * input, goes on with each that is so many places further on, and prints a line of JSON for each, as soon as it is known.
 */
import { loadFormatter, type LintResult } from '../../src/index.ts';
import { lintText } from '../../src/lint/text.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { cpuTimeOf } from '../../test/helpers/cpu-time.ts';
import { memoryFiles } from '../../test/helpers/memory-files.ts';
import type { GrowthInput, GrowthText } from './input.ts';
import { inputs } from './inputs.ts';
import { StepCounter, type FunctionSteps } from './steps.ts';

export interface Measured {
  readonly name: string;
  /** Steps, or milliseconds of CPU time, for n, 2n and 4n. */
  readonly work: readonly number[];
  /** Where steps are counted: the functions that take the most beyond what four times those of n would be. */
  readonly functions?: readonly FunctionSteps[];
}

/** Of the size of an input. */
const factors = [1, 2, 4];
/** Runs of one size when time is measured: what comes out is the least, as everything else on the machine only adds to it. */
const runs = 5;
/** All but the one that has a limit of time of its own. */
const everyRule = Object.fromEntries(
  rules.map(({ id }) => [id, { severity: id === 'regex-redos' ? ('off' as const) : ('default' as const) }]),
);

async function measureSteps(name: string, texts: readonly GrowthText[], counter: StepCounter): Promise<Measured> {
  const counts = [];
  for (const text of texts) counts.push(await counter.count(() => lint(text)));
  const [first, , last] = counts;
  return { name, work: counts.map((count) => count.total), functions: last!.beyond(first!, factors.at(-1)!) };
}

async function measureTime(name: string, texts: readonly GrowthText[]): Promise<Measured> {
  const work = texts.map(() => Infinity);
  for (let run = 0; run < runs; run++) {
    for (const [index, text] of texts.entries()) {
      globalThis.gc?.();
      work[index] = Math.min(work[index]!, await cpuTimeOf(() => lint(text)));
    }
  }
  return { name, work };
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

const [kind, from, step, only = ''] = process.argv.slice(2);
const counter = kind === 'steps' ? new StepCounter() : undefined;
for (let index = Number(from); index < inputs.length; index += Number(step)) {
  const input = inputs[index]!;
  if (input.name.includes(only)) console.log(JSON.stringify(await measure(input)));
  else console.log('{}');
}
// An attached inspector keeps the process alive.
counter?.stop();

async function measure({ name, n, make }: GrowthInput): Promise<Measured> {
  const texts = factors.map((factor) => make(n * factor));
  // What is made and kept in the first runs is no growth.
  await lint(texts[0]!);
  await lint(texts[0]!);
  return counter ? measureSteps(name, texts, counter) : measureTime(name, texts);
}
