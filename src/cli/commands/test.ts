/** `proxylint test [paths...]`. */
import { statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { coverageOf, type Coverage } from '../../expectations/coverage.ts';
import { expectationFilePattern, findExpectationFile } from '../../expectations/find.ts';
import { compareLive } from '../../expectations/live.ts';
import { readExpectations } from '../../expectations/read.ts';
import { play, playLoading, withChecks, type Played } from '../../expectations/run.ts';
import type { ExpectationFile } from '../../expectations/types.ts';
import { countByVerdict, type TestedFile, type TestReport } from '../../formatters/tests/report.ts';
import type { FormatOptions } from '../../formatters/report.ts';
import type { Hop } from '../../topology/follow.ts';
import { useColor } from '../color.ts';
import { host } from '../project/host.ts';
import { LinkedTracer } from '../linked/linked-tracer.ts';
import type { TestCommandOptions } from '../options.ts';
import { deliver, tell } from '../output.ts';
import { readLinked } from '../files/read-files.ts';
import { prefixInRepository } from '../git/repository.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

/** The exit status: 0 if all holds, 1 if something does not or cannot be told. Throws {@link UsageError}, `ConfigError`. */
export async function testCommand(paths: readonly string[], options: TestCommandOptions): Promise<number> {
  if (options.init) return (await import('../expectations/init.ts')).initTests(paths, options);
  const minCoverage = percentOf(options.minCoverage);
  const withCoverage = options.coverage === true || minCoverage !== undefined;
  const files: TestedFile[] = [];
  let failures = 0;
  for (const path of await filesOf(paths)) {
    const file = readExpectations(path, textOf(path));
    const tested = await testFile(file, { ...options, coverage: withCoverage });
    files.push(tested.file);
    failures += tested.failures;
  }
  deliver(await format({ version, files }, options), options.outputFile);
  if (failures > 0) return 2;
  const { failed, unknown } = countByVerdict(files);
  const low = minCoverage === undefined ? [] : files.filter(({ coverage }) => percentIn(coverage) < minCoverage);
  tell(...low.map(({ path }) => `${path}: fewer routes are reached than --min-coverage ${minCoverage} asks for`));
  return failed + unknown + low.length > 0 ? 1 : 0;
}

async function filesOf(paths: readonly string[]): Promise<string[]> {
  if (paths.length > 0) return (await Promise.all(paths.map(filesAt))).flat();
  const found = findExpectationFile(process.cwd(), host);
  if (found === undefined)
    throw new UsageError(
      'no proxylint.test.yaml here or above; name a file of expectations, or write one with "proxylint test --init CONFIG"',
    );
  return [shown(found)];
}

/** The file, or those below the directory. */
async function filesAt(path: string): Promise<string[]> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const { default: glob } = await import('fast-glob');
  const found = await glob(expectationFilePattern, { cwd: path, dot: true, ignore: ['**/node_modules/**'] });
  if (found.length === 0) throw new UsageError(`${path}: no file of expectations (proxylint.test.yaml) in it`);
  return found.sort().map((name) => join(path, name));
}

/** As short as it can be said. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}

function textOf(path: string): string {
  try {
    const text = host.read(path);
    if (text === undefined) throw new UsageError(`${path}: no such file`);
    return text;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : 'cannot be read'}`, { cause: error });
  }
}

async function testFile(
  file: ExpectationFile,
  options: TestCommandOptions,
): Promise<{ file: TestedFile; failures: number }> {
  const configs = configsOf(file, options);
  const target = [...Object.entries(file.targets).map(([name, text]) => `${name}=${text}`), ...options.target];
  const linked = await readLinked(configs, { ...options, target });
  const tracer = await LinkedTracer.of(linked);
  const loading = (await tracer.refusals()).map(
    ([
      {
        file: { source },
      },
      refusal,
    ]) => playLoading(source, refusal),
  );
  if (loading.length === 0 && linked.failures === 0)
    throw new UsageError(`${file.path}: no nginx, httpd or sslh config in ${configs.join(', ')}`);
  const traced = await play(file, (request, files) => tracer.trace(request, () => files));
  const played = [...loading, ...(options.live.length > 0 ? await playLive(traced, options.live) : traced)];
  const coverage = options.coverage ? await coverageIn(linked.files, played) : undefined;
  return { file: { path: file.path, played, coverage }, failures: linked.failures };
}

/** The same expectations with what running servers answer. */
async function playLive(played: readonly Played[], urls: readonly string[]): Promise<Played[]> {
  const { LiveServers } = await import('../expectations/live.ts');
  const servers = new LiveServers(urls);
  const skipped = new Map<string, number>();
  let asked = 0;
  const compared: Played[] = [];
  for (const one of played) {
    if (!one.hop) {
      compared.push(one);
      continue;
    }
    const answer = one.hasOwnFiles
      ? { skipped: 'files that are assumed for one test' }
      : await servers.ask(one.hop.trace.request);
    if (typeof answer === 'object' && 'skipped' in answer)
      skipped.set(answer.skipped, (skipped.get(answer.skipped) ?? 0) + 1);
    else asked++;
    compared.push(withChecks(one, compareLive(one.hop.trace, answer)));
  }
  tell(...[...skipped].map(([reason, count]) => `${count} not played to the running server: ${reason}`));
  if (asked === 0) throw new UsageError('--live: none of the requests can be played to a running server');
  return compared;
}

/** Those of the command line, else those that the file names. */
function configsOf({ path, configs }: ExpectationFile, { configs: given }: TestCommandOptions): string[] {
  if (given.length > 0) return [...given];
  if (configs.length === 0)
    throw new UsageError(`${path}: says nothing of "configs"; name them there, or with --configs`);
  const directory = dirname(path);
  return configs.map((name) => (isAbsolute(name) ? name : shown(resolve(directory, name))));
}

async function coverageIn(
  files: Awaited<ReturnType<typeof readLinked>>['files'],
  played: readonly Played[],
): Promise<Coverage> {
  const rows = (await Promise.all(files.map(({ file }) => file.routes()))).flat().flatMap((table) => table.rows);
  return coverageOf(
    rows,
    played.flatMap(({ hop }): Hop[] => (hop ? [hop] : [])),
  );
}

function percentIn(coverage: Coverage | undefined): number {
  return !coverage || coverage.all === 0 ? 100 : (coverage.reached / coverage.all) * 100;
}

function percentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,3}$/.test(text) || Number(text) > 100)
    throw new UsageError(`--min-coverage ${text}: expected a percentage, 0 to 100`);
  return Number(text);
}

async function format(report: TestReport, options: TestCommandOptions): Promise<string> {
  const how: FormatOptions = { color: useColor(options) };
  switch (options.format) {
    case 'pretty':
      return (await import('../../formatters/tests/pretty.ts')).formatTestsPretty(report, how);
    case 'tap':
      return (await import('../../formatters/tests/tap.ts')).formatTestsAsTap(report);
    case 'junit':
      return (await import('../../formatters/tests/junit.ts')).formatTestsAsJunit(report);
    case 'json':
      return (await import('../../formatters/tests/json.ts')).formatTestsAsJson(report);
    case 'github':
      return (await import('../../formatters/tests/github.ts')).formatTestsForGithub(report, {
        ...how,
        prefix: prefixInRepository(),
      });
  }
}
