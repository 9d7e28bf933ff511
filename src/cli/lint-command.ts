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
import { Project } from './project.ts';
import { writeOutput } from './write-output.ts';

/** The exit status: 0, or 1 if there are findings (left) at or above `--fail-on`. Throws {@link UsageError}. */
export async function lintCommand(paths: readonly string[], options: LintCommandOptions): Promise<number> {
  const project = new Project(options);
  const inputs = await collectInputs(paths, options.stdinFilename);
  let report: Report;
  let output: FixReport['output'] = 'stdout';
  if (options.fix || options.fixUnsafe || options.fixDryRun) {
    const { fixInputs } = await import('./fix.ts');
    ({ report, output } = await fixInputs(inputs, project, options));
  } else {
    const linted = await lintInputs(inputs, project, options.type);
    refuseUnknown(linted, options.ignoreUnknown === true);
    report = linted;
  }
  const format = await loadFormatter(options.format);
  const asked = options.quiet ? onlyErrors(report) : report;
  const text = await format(options.allFindings ? asked : limitFindings(asked), { color: useColor(options) });
  if (options.outputFile !== undefined) writeOutput(options.outputFile, text);
  else if (output !== 'none') process[output].write(text);
  // What was asked for was not done.
  if ((report.notLinted ?? 0) > 0) return 2;
  return report.findings.some((finding) => fails(finding, options.failOn)) ? 1 : 0;
}

function fails(finding: Finding, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && severities.indexOf(finding.severity) <= severities.indexOf(failOn);
}

function onlyErrors(report: Report): Report {
  return { ...report, findings: report.findings.filter((finding) => finding.severity === 'error') };
}
