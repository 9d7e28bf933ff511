/** `proxylint [paths...]`: lints and prints the findings. */
import { writeFileSync } from 'node:fs';
import { useColor } from './color.ts';
import type { Finding, Severity } from '../finding.ts';
import { escapeControls } from '../formatters/escape.ts';
import { loadFormatter } from '../formatters/index.ts';
import { sortFindings, type Report } from '../formatters/report.ts';
import type { SourceFile } from '../ir/source.ts';
import { findConfigs, lintSource } from '../lint.ts';
import { rules } from '../rules/index.gen.ts';
import { fileAccess } from './file-access.ts';
import { collectInputs, reasonOf, type Input } from './files.ts';
import { severities, type LintCommandOptions } from './options.ts';
import { Project } from './project.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** The exit status: 0, or 1 if there are findings at or above `--fail-on`. Throws {@link UsageError}. */
export async function lintCommand(paths: readonly string[], options: LintCommandOptions): Promise<number> {
  const project = new Project(options);
  const inputs = await collectInputs(paths, options.stdinFilename);
  const report = await lintInputs(inputs, project, options);
  const format = await loadFormatter(options.format);
  print(format(options.quiet ? onlyErrors(report) : report, { color: useColor(options) }), options.outputFile);
  return report.findings.some((finding) => fails(finding, options.failOn)) ? 1 : 0;
}

/** Main configs first, so that the files that they include are not linted once more by themselves. */
async function lintInputs(inputs: readonly Input[], project: Project, options: LintCommandOptions): Promise<Report> {
  const findings: Finding[] = [];
  const files = new Map<string, SourceFile>();
  const partial = new Map<string, SourceFile>();
  let suppressed = 0;
  let ignored = 0;
  const unknown: Input[] = [];
  for (const input of mainConfigsFirst(inputs)) {
    if (files.has(fileAccess.canonical(input.path))) continue;
    const settings = await project.settingsFor(input.path);
    if (!settings) {
      ignored++;
      continue;
    }
    const configs = findConfigs(input.path, input.text, options.type);
    if (configs.length === 0) unknown.push(input);
    for (const config of configs) {
      const result = await lintSource(config, { ...settings, files: fileAccess });
      for (const finding of result.findings) {
        const adjusted = await project.adjust(finding, config.source.path);
        if (adjusted) findings.push(adjusted);
      }
      for (const file of result.files) files.set(keyOf(file), file);
      for (const file of result.partial) partial.set(keyOf(file), file);
      suppressed += result.suppressed;
    }
  }
  refuse(unknown, options.ignoreUnknown === true);
  if (files.size === 0 && ignored === 0 && !options.ignoreUnknown)
    throw new UsageError('no nginx, Apache or sslh config found');
  return {
    version,
    findings: sortFindings(findings),
    files: files.size,
    suppressed,
    partial: [...partial.values()],
    rules,
  };
}

function mainConfigsFirst(inputs: readonly Input[]): Input[] {
  const isMain = ({ path }: Input): boolean => /(?:^|\/)(?:nginx|apache2|httpd)\.conf$/.test(path);
  return [...inputs.filter(isMain), ...inputs.filter((input) => !isMain(input))];
}

/** The files of a dump are not those of the disk. */
function keyOf({ path, outer }: SourceFile): string {
  return outer?.kind === 'dump' ? `${outer.path}\0${path}` : fileAccess.canonical(path);
}

/** A named file that is no config is a mistake in the command line, unless `--ignore-unknown` allows for it. */
function refuse(inputs: readonly Input[], ignoreUnknown: boolean): void {
  const named = inputs.find((input) => input.named);
  if (named && !ignoreUnknown) {
    throw new UsageError(`${named.path}: not an nginx, Apache or sslh config (use --type to name the dialect)`);
  }
  if (inputs.length === 0) return;
  const names = inputs.slice(0, 3).map((input) => escapeControls(input.path));
  const rest = inputs.length > names.length ? ` and ${inputs.length - names.length} more` : '';
  process.stderr.write(`proxylint: skipped, not an nginx, Apache or sslh config: ${names.join(', ')}${rest}\n`);
}

function fails(finding: Finding, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && severities.indexOf(finding.severity) <= severities.indexOf(failOn);
}

function onlyErrors(report: Report): Report {
  return { ...report, findings: report.findings.filter((finding) => finding.severity === 'error') };
}

function print(text: string, path: string | undefined): void {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`--output-file ${path}: ${reasonOf(error)}`, { cause: error });
  }
}
