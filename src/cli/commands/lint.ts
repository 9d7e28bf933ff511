/** `proxylint [paths...]`: lints, fixes if asked to, and prints the findings. */
import { useColor } from '../color.ts';
import { formats, loadFormatter, type Format } from '../../formatters/index.ts';
import { summaryOf } from '../../formatters/summary.ts';
import { limitFindings } from '../../formatters/limit-findings.ts';
import { timed } from '../../lint/timed.ts';
import type { Timings } from '../../lint/timings.ts';
import type { FormatOptions, Report } from '../../formatters/report.ts';
import type { FixReport } from '../lint/fix.ts';
import { collectInputs } from '../files/find-inputs.ts';
import { lintInputs, refuseUnknown } from '../lint/lint-inputs.ts';
import { failureTest } from '../lint/exit-status.ts';
import { wantsOverviews, type LintCommandOptions } from '../options.ts';
import { deliver, print, tell, terminalWidth } from '../output.ts';
import { Project } from '../project/project.ts';
import { suggest } from '../../text/suggest.ts';
import type { Baseline } from '../lint/baseline.ts';
import type { ResultCache } from '../lint/result-cache.ts';
import { prefixInRepository } from '../git/repository.ts';
import { parseShard } from '../lint/shard.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The exit status: 0; 1 if there are findings (left) at or above `--fail-on`; 2 if not all could be checked, or a file could not be fixed.
 * Throws `UsageError` and `ConfigError`.
 */
export async function lintCommand(paths: readonly string[], options: LintCommandOptions): Promise<number> {
  checkTogether(options);
  const isFailing = failureTest(options);
  const reports = options.report.map(parseReport);
  const project = new Project(options);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const cache = await openCache(options);
  const baseline = await openBaseline(options);
  const timings = await openTimings(options);
  const inputs = await timed(timings, 'find files', () => collectInputs(paths, { ...options, keepsGoing: true }));
  let report: Report;
  let output: FixReport['output'] = 'stdout';
  let failed = false;
  if (isFixing(options)) {
    if (shard) throw new UsageError('--shard: shards find, and fix nothing');
    const { fixInputs } = await import('../lint/fix.ts');
    ({ report, output, failed } = await fixInputs(paths, inputs, project, options, timings));
  } else {
    const linted = await lintInputs(inputs, project, options.type, undefined, {
      shard,
      cache,
      overviews: wantsOverviews(options),
      timings,
      ignoreUnknown: options.ignoreUnknown === true,
    });
    refuseUnknown(linted, options.ignoreUnknown === true);
    report = linted;
  }
  if (options.quiet) report = onlyErrors(report);
  if (options.diffBase !== undefined) {
    const { onlyChanged } = await import('../git/diff-base.ts');
    report = await onlyChanged(report, options.diffBase);
  }
  if (baseline) report = baseline.apply(report);
  if (timings) report = { ...report, timings: timings.report() };
  const found = report;
  const text = await timed(timings, 'print', () => printed(found, options));
  if (options.outputFile !== undefined || output === 'stdout') deliver(text, options.outputFile);
  else if (output === 'stderr') print(text, 'stderr');
  for (const { format, file } of reports) deliver(await formatted(report, format, options), file, '--report');
  if (options.outputFile !== undefined) tell(`${summaryOf(report)}, written to ${options.outputFile}`);
  if (timings && options.format !== 'json') {
    const { formatTimings } = await import('../../formatters/timings.ts');
    print(formatTimings(timings.report()), 'stderr');
  }
  cache?.save();
  if (failed || (report.failures ?? []).length > 0 || (report.notLinted ?? 0) > 0) return 2;
  return isFailing(report.findings) ? 1 : 0;
}

async function printed(report: Report, options: LintCommandOptions): Promise<string> {
  if (options.statistics) {
    const { formatStatistics } = await import('../../formatters/statistics.ts');
    return formatStatistics(report, options.format === 'json');
  }
  return formatted(report, options.format, options, {
    color: useColor(options),
    width: options.outputFile === undefined ? terminalWidth() : undefined,
    compact: options.compact,
  });
}

/** Who reads them knows the repository, and not where in it the program ran. */
const namesFromRoot: ReadonlySet<Format> = new Set(['github', 'gitlab', 'sarif']);

async function formatted(
  report: Report,
  format: Format,
  { allFindings }: LintCommandOptions,
  options: FormatOptions = { color: false },
): Promise<string> {
  const prefix = namesFromRoot.has(format) ? prefixInRepository() : undefined;
  return (await loadFormatter(format))(allFindings ? report : limitFindings(report), { ...options, prefix });
}

function checkTogether({ statistics, format, diffBase, ...options }: LintCommandOptions): void {
  if (statistics && format !== 'pretty' && format !== 'json')
    throw new UsageError(`--statistics: not in the format ${format}; use --format pretty or json`);
  if (diffBase !== undefined && isFixing(options))
    throw new UsageError('--diff-base: fixes would not keep to the changes');
  if (options.updateBaseline && options.baseline === undefined)
    throw new UsageError('--update-baseline: name the file with --baseline');
}

function isFixing({ fix, fixUnsafe, fixDryRun }: Pick<LintCommandOptions, 'fix' | 'fixUnsafe' | 'fixDryRun'>): boolean {
  return fix === true || fixUnsafe === true || fixDryRun === true;
}

/** `sarif=findings.sarif`; throws {@link UsageError}. */
function parseReport(value: string): { readonly format: Format; readonly file: string } {
  const [name = '', ...rest] = value.split('=');
  const file = rest.join('=');
  const format = formats.find((each) => each === name);
  if (format && file !== '') return { format, file };
  const near = format ? undefined : suggest(name, formats);
  const hint = near === undefined ? 'expected FORMAT=FILE, as in sarif=findings.sarif' : `did you mean "${near}"?`;
  throw new UsageError(`--report ${value}: ${hint}`);
}

/** Undefined where nobody asks: nothing is measured. */
async function openTimings({ timings }: LintCommandOptions): Promise<Timings | undefined> {
  return timings && new (await import('../../lint/timings.ts')).Timings();
}

async function openBaseline(options: LintCommandOptions): Promise<Baseline | undefined> {
  if (options.baseline === undefined) return undefined;
  const { Baseline } = await import('../lint/baseline.ts');
  return new Baseline(options.baseline, options);
}

/** Undefined where none is wanted; fixes look at texts that are on no disk. */
async function openCache(options: LintCommandOptions): Promise<ResultCache | undefined> {
  const { cache, cacheLocation, type } = options;
  if ((!cache && cacheLocation === undefined) || isFixing(options)) return undefined;
  const { ResultCache } = await import('../lint/result-cache.ts');
  return new ResultCache(cacheLocation, type);
}

function onlyErrors(report: Report): Report {
  const findings = report.findings.filter((finding) => finding.severity === 'error');
  return { ...report, findings, hidden: report.findings.length - findings.length };
}
