/** Processes that try mutations, and what they have to run for each. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { compile } from './compile.ts';
import { type Counted, Coverage } from './coverage.ts';
import { granularity, rulesSuite, suites } from './suites.ts';
import { type Answer, type Job, notLoaded, type Run } from './run.ts';

export interface Learned {
  readonly suites: readonly string[];
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
  readonly durations: ReadonlyMap<string, number>;
  readonly coverage: Counted;
}

const whole = (suite: string): Run => ({ suite, first: [], others: true, without: [] });

export class Laboratory {
  private readonly coverage = new Coverage();
  private suites: readonly string[];
  private readonly benches: readonly Bench[];
  /** By suite: tests that fail without a mutation. */
  private leftOut = new Map<string, readonly string[]>();
  /** Of each suite without a mutation, in milliseconds. */
  private durations = new Map<string, number>();

  constructor(jobs: number, only?: readonly string[]) {
    this.suites = only ?? suites();
    this.benches = Array.from({ length: jobs }, () => new Bench());
  }

  /** Runs all suites without a mutation, to learn what they call; tests that fail are left out. */
  async learn(): Promise<void> {
    await this.each([...this.suites], async (suite, bench) => {
      const started = performance.now();
      const counted = (await bench.run({ runs: [whole(suite)], coverage: granularity(suite), all: true }))!;
      this.durations.set(suite, performance.now() - started);
      this.coverage.add(suite, counted.called);
      if (counted.failed.length === 0) return;
      // Functions whose calls are counted are slower, too slow for some tests.
      bench.stop();
      const titles = (failed: readonly string[]): string[] => failed.map((each) => each.slice(`${suite}: `.length));
      const again: Run = { suite, first: titles(counted.failed), others: false, without: [] };
      const { failed } = (await bench.run({ runs: [again], all: true }))!;
      for (const title of failed) console.log(`left out, as it fails without any mutation: ${title}`);
      if (failed.some((title) => title.endsWith(notLoaded)))
        this.suites = this.suites.filter((other) => other !== suite);
      else this.leftOut.set(suite, titles(failed));
    });
    this.suites = this.byCost();
    for (const bench of this.benches) bench.stop();
  }

  /** The tests of the rules stay first: most mutations are noticed by them. */
  private byCost(): string[] {
    const costOf = (suite: string): number => (suite === rulesSuite ? 0 : this.durations.get(suite)!);
    return [...this.suites].sort((a, b) => costOf(a) - costOf(b));
  }

  /** What was learned, for another process. */
  get learned(): Learned {
    return { suites: this.suites, leftOut: this.leftOut, durations: this.durations, coverage: this.coverage.counted };
  }

  recall({ suites: learned, leftOut, durations, coverage }: Learned): void {
    this.suites = learned;
    this.leftOut = new Map(leftOut);
    this.durations = new Map(durations);
    this.coverage.counted = coverage;
  }

  /** Does something with all of a list, as many at a time as there are processes. */
  async each<T>(list: T[], handle: (item: T, bench: Bench) => Promise<void>): Promise<void> {
    await Promise.all(
      this.benches.map(async (bench) => {
        for (let item = list.shift(); item !== undefined; item = list.shift()) await handle(item, bench);
      }),
    );
  }

  /** The suite and the test that fail with this source of a file; undefined: all pass. */
  async noticedBy(bench: Bench, file: string, source: string): Promise<string | undefined> {
    const runs = this.runsFor(file, firstDifference(compile(readFileSync(file, 'utf8'))!, compile(source)!));
    // A mutation may make a loop endless; the computer may be busy with other things, too.
    const timeout = runs.reduce((sum, { suite }) => sum + 2 * this.durations.get(suite)!, 30_000);
    const answer = await bench.run({ mutated: { path: resolve(file), source }, runs }, timeout);
    return answer ? answer.failed[0] : 'a test that does not end, or ends the process';
  }

  /** How many tests of the rules fail with this source of a file. */
  async failuresOf(file: string, source: string): Promise<string> {
    const job = { mutated: { path: resolve(file), source }, runs: [whole(rulesSuite)], all: true };
    const { failed, passed } = (await this.benches[0]!.run(job))!;
    return `${failed.length} of ${passed + failed.length}`;
  }

  close(): void {
    for (const bench of this.benches) bench.stop();
  }

  private runsFor(file: string, offset: number): Run[] {
    return this.suites.flatMap((suite) => {
      const groups = this.coverage.groupsAt(suite, file, offset);
      // What is called as the suite is loaded may change each test.
      const without = this.leftOut.get(suite) ?? [];
      if (groups.length === 0) return [];
      return [{ suite, first: inOrder(groups, file), others: groups.includes(''), without }];
    });
  }
}

/** A process, started when it is needed. */
export class Bench {
  private process: ChildProcess | undefined;

  /** Undefined if it took longer than `timeout` milliseconds, or if the process broke down. */
  async run(job: Job, timeout?: number): Promise<Answer | undefined> {
    const process = (this.process ??= await startWorker());
    let timer: NodeJS.Timeout | undefined;
    const answer = await new Promise<Answer | undefined>((resolve) => {
      process.once('message', resolve).once('exit', () => resolve(undefined));
      if (timeout !== undefined) timer = setTimeout(() => resolve(undefined), timeout);
      process.send(job);
    });
    clearTimeout(timer);
    process.removeAllListeners();
    if (!answer) this.stop();
    return answer;
  }

  stop(): void {
    this.process?.kill('SIGKILL');
    this.process = undefined;
  }
}

async function startWorker(): Promise<ChildProcess> {
  const process = fork(new URL('worker.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  await new Promise((resolve) => process.once('message', resolve));
  return process;
}

/** The tests of a rule are a group of its name: those of the rule whose file is mutated come first. */
function inOrder(groups: readonly string[], file: string): readonly string[] {
  const own = /([^/]+)\.ts$/.exec(file)![1]!;
  return groups.filter((group) => group !== '').sort((a, b) => Number(isTitle(b, own)) - Number(isTitle(a, own)));
}

function isTitle(group: string, rule: string): boolean {
  return group.replaceAll("'", '') === rule;
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}
