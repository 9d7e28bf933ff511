/** `proxylint [paths...]`: lints, fixes if asked to, and prints the findings. */
import { useColor } from './color.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import { loadFormatter } from '../formatters/index.ts';
import { limitFindings } from '../formatters/limit-findings.ts';
import type { Report } from '../formatters/report.ts';
import type { FixReport } from './fix.ts';
import { collectInputs } from './files.ts';
import { lintInputs, refuseUnknown } from './lint-inputs.ts';
import { severities, type LintCommandOptions } from './options.ts';
import { deliver, print } from './output.ts';
import { Project } from './project.ts';
import type { ResultCache } from './result-cache.ts';
import { parseShard } from './shard.ts';
import { UsageError } from './usage-error.ts';

/**
 * The exit status: 0; 1 if there are findings (left) at or above `--fail-on`; 2 if not all could be checked, or a file could not be fixed.
 * Throws `UsageError` and `ConfigError`.
 */
export async function lintCommand(paths: readonly string[], options: LintCommandOptions): Promise<number> {
  const project = new Project(options);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const cache = await openCache(options);
  const inputs = await collectInputs(paths, options.stdinFilename);
  let report: Report;
  let output: FixReport['output'] = 'stdout';
  let failed = false;
  if (isFixing(options)) {
    if (shard) throw new UsageError('--shard: shards find, and fix nothing');
    const { fixInputs } = await import('./fix.ts');
    ({ report, output, failed } = await fixInputs(paths, inputs, project, options));
  } else {
    const linted = await lintInputs(inputs, project, options.type, undefined, { shard, cache });
    refuseUnknown(linted, options.ignoreUnknown === true);
    report = linted;
  }
  const format = await loadFormatter(options.format);
  if (options.quiet) report = onlyErrors(report);
  const text = await format(options.allFindings ? report : limitFindings(report), { color: useColor(options) });
  if (options.outputFile !== undefined || output === 'stdout') deliver(text, options.outputFile);
  else if (output === 'stderr') print(text, 'stderr');
  cache?.save();
  if (failed || (report.failures ?? []).length > 0 || (report.notLinted ?? 0) > 0) return 2;
  return report.findings.some((finding) => fails(finding, options.failOn)) ? 1 : 0;
}

function isFixing({ fix, fixUnsafe, fixDryRun }: LintCommandOptions): boolean {
  return fix === true || fixUnsafe === true || fixDryRun === true;
}

/** Undefined where none is wanted; fixes look at texts that are on no disk. */
async function openCache(options: LintCommandOptions): Promise<ResultCache | undefined> {
  const { cache, cacheLocation, type } = options;
  if ((!cache && cacheLocation === undefined) || isFixing(options)) return undefined;
  const { ResultCache } = await import('./result-cache.ts');
  return new ResultCache(cacheLocation, type);
}

function fails(finding: Finding, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && severities.indexOf(finding.severity) <= severities.indexOf(failOn);
}

function onlyErrors(report: Report): Report {
  const findings = report.findings.filter((finding) => finding.severity === 'error');
  return { ...report, findings, hidden: report.findings.length - findings.length };
}
