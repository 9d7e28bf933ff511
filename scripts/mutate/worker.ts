/** A process that runs suites, one program after the other; see `laboratory.ts`. Messages: {@link Job} in, {@link Answer} out. */
import { Session } from 'node:inspector';
import { join } from 'node:path';

import { type File, type Suite, type Task, type Test, type VitestRunner, startTests } from '@vitest/runner';

import type { Called } from './coverage.ts';
import { type Packages, loaderOf } from './program.ts';
import { type Answer, type Job, notLoaded, type Run } from './run.ts';
import * as vitest from './vitest.ts';

const names = [
  '@dagrejs/dagre',
  '@nginx/reference-lib',
  'ajv',
  'chalk',
  'chevrotain',
  'commander',
  'diff',
  'esbuild',
  'fast-check',
  'fast-glob',
  'ignore',
  'jsonc-parser',
  'oxc-parser',
  'recheck',
  'recheck/lib/browser.js',
  'refa',
  'vscode-languageserver',
  'vscode-languageserver/node',
  'vscode-languageserver-protocol',
  'vscode-languageserver-protocol/node',
  'vscode-languageserver-textdocument',
  'yaml',
];

const config = {
  root: process.cwd(),
  setupFiles: [],
  name: undefined,
  passWithNoTests: true,
  testNamePattern: undefined,
  allowOnly: false,
  sequence: { shuffle: false, concurrent: false, seed: 0, hooks: 'stack', setupFiles: 'list' },
  chaiConfig: undefined,
  maxConcurrency: 1,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  retry: 0,
  includeTaskLocation: false,
  diffOptions: undefined,
  tags: [],
  tagsFilter: undefined,
  strictTags: false,
} as unknown as VitestRunner['config'];

const testsAtATime = 20;

async function loadPackages(): Promise<Packages> {
  const packages = new Map<string, object>([['vitest', vitest]]);
  for (const name of names) packages.set(name, { __esModule: true, ...((await import(name)) as object) });
  return packages;
}

/** Runs the tests of one suite. */
class SuiteRunner implements VitestRunner {
  readonly config = config;
  readonly failed: string[] = [];
  passed = 0;
  /** Tests whose coverage was not taken. */
  private ended: string[] = [];
  /** Set by the runner. */
  declare cancel: NonNullable<VitestRunner['cancel']>;
  private readonly run: Run;
  private readonly job: Job;
  private readonly load: (path: string) => unknown;
  private readonly takeCoverage: (groups: readonly string[]) => void;

  constructor(run: Run, job: Job, load: (path: string) => unknown, takeCoverage: (groups: readonly string[]) => void) {
    this.run = run;
    this.job = job;
    this.load = load;
    this.takeCoverage = takeCoverage;
  }

  importFile(path: string): void {
    this.load(path);
  }

  onCollected(files: File[]): void {
    this.takeCoverage(['']);
    for (const file of files) {
      if (file.result?.errors?.length) this.fail(notLoaded, file.result.errors);
      this.leaveOut(file);
      this.select(file);
    }
  }

  private leaveOut(suite: { tasks: Task[] }): void {
    suite.tasks = suite.tasks.filter(({ fullTestName = '' }) => !this.run.without.includes(fullTestName));
    for (const task of suite.tasks) if (task.type === 'suite') this.leaveOut(task);
  }

  /** Leaves the tests that are to be run, in their order. */
  private select(suite: { tasks: Task[] }): void {
    const { first, others } = this.run;
    const order = new Map(first.map((title, index) => [title, index]));
    const placeOf = ({ fullTestName: title = '' }: Task): number => order.get(title) ?? order.size;
    suite.tasks = suite.tasks
      .filter((task) => {
        if (others || order.has(task.fullTestName ?? '')) return true;
        if (task.type === 'suite') this.select(task);
        return task.type === 'suite' && task.tasks.length > 0;
      })
      .sort((a, b) => placeOf(a) - placeOf(b));
  }

  onAfterRunTask({ suite, fullTestName, result }: Test): void {
    this.ended.push(fullTestName);
    if (suite === undefined || (this.job.coverage === 'tests' && this.ended.length >= testsAtATime))
      this.take(this.ended);
    if (result?.state === 'fail') this.fail(fullTestName, result.errors);
    else if (result?.state === 'pass') this.passed++;
  }

  onAfterRunSuite({ name, suite, fullTestName = name, result }: Suite): void {
    if (result?.errors?.length) this.fail(name, result.errors);
    if (suite === undefined) this.take(this.job.coverage === 'tests' ? this.ended : [fullTestName]);
  }

  /** What was called since the last time belongs to all of these. */
  private take(titles: readonly string[]): void {
    this.takeCoverage(titles);
    this.ended = [];
  }

  private fail(title: string, errors: readonly { stack?: string }[] = []): void {
    this.failed.push(`${this.run.suite}: ${title}`);
    if (process.env['VERBOSE']) console.error(title, ...errors.map(({ stack }) => stack));
    if (!this.job.all) void this.cancel('test-failure');
  }
}

async function work(job: Job, packages: Packages): Promise<Answer> {
  const failed: string[] = [];
  const called: Called[] = [];
  let passed = 0;
  for (const run of job.runs) {
    const load = loaderOf(packages, job.mutated);
    const runner = new SuiteRunner(run, job, load, (groups) => void called.push(...takeCoverage(job, groups)));
    await startTests([join(process.cwd(), run.suite)], runner);
    failed.push(...runner.failed);
    passed += runner.passed;
    if (failed.length > 0 && !job.all) break;
  }
  return { failed: job.all ? failed : failed.slice(0, 1), passed, called };
}

const session = new Session();

function takeCoverage({ coverage }: Job, groups: readonly string[]): Called[] {
  if (!coverage) return [];
  const called: Called[] = [];
  session.post('Profiler.takePreciseCoverage', (_, { result }) => {
    for (const { url, functions } of result) {
      const file = /\/(src\/(?:rules|servers)\/.*)/.exec(url)?.[1];
      if (file === undefined) continue;
      const counted = functions.map(({ ranges: [whole, ...blocks] }) => ({
        range: [whole!.startOffset, whole!.endOffset] as const,
        isCalled: whole!.count > 0,
        unreached: blocks
          .filter(({ count }) => count === 0)
          .map((block) => [block.startOffset, block.endOffset] as const),
      }));
      called.push({ groups, file, functions: counted });
    }
  });
  return called;
}

const packages = await loadPackages();
let hasStarted = false;
// Servers of the protocol go on for a while behind the end of their test: no matter of the mutation.
process.on('uncaughtException', () => undefined);
process.on('message', (job: Job) => {
  if (job.coverage && !hasStarted) {
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    hasStarted = true;
  }
  void work(job, packages).then((answer) => process.send!(answer));
});
process.send!('ready');
