/** `proxylint [paths...]`: lints, fixes if asked to, and prints the findings. */
import { writeFileSync } from 'node:fs';
import { useColor } from './color.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import { loadFormatter } from '../formatters/index.ts';
import type { Report } from '../formatters/report.ts';
import type { FixReport } from './fix.ts';
import { collectInputs, reasonOf } from './files.ts';
import { lintInputs, refuseUnknown } from './lint-inputs.ts';
import { severities, type LintCommandOptions } from './options.ts';
import { Project } from './project.ts';
import { UsageError } from './usage-error.ts';

/** The exit status: 0; 1 if there are findings (left) at or above `--fail-on`; 2 if a file could not be fixed. Throws {@link UsageError}. */
export async function lintCommand(paths: readonly string[], options: LintCommandOptions): Promise<number> {
  const project = new Project(options);
  const inputs = await collectInputs(paths, options.stdinFilename);
  let report: Report;
  let output: FixReport['output'] = 'stdout';
  let failed = false;
  if (options.fix || options.fixUnsafe || options.fixDryRun) {
    const { fixInputs } = await import('./fix.ts');
    ({ report, output, failed } = await fixInputs(paths, inputs, project, options));
  } else {
    const linted = await lintInputs(inputs, project, options.type);
    refuseUnknown(linted, options.ignoreUnknown === true);
    report = linted;
  }
  const format = await loadFormatter(options.format);
  const text = await format(options.quiet ? onlyErrors(report) : report, { color: useColor(options) });
  if (options.outputFile !== undefined) write(options.outputFile, text);
  else if (output !== 'none') process[output].write(text);
  if (failed) return 2;
  return report.findings.some((finding) => fails(finding, options.failOn)) ? 1 : 0;
}

function fails(finding: Finding, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && severities.indexOf(finding.severity) <= severities.indexOf(failOn);
}

function onlyErrors(report: Report): Report {
  return { ...report, findings: report.findings.filter((finding) => finding.severity === 'error') };
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`--output-file ${path}: ${reasonOf(error)}`, { cause: error });
  }
}
