import { Chalk, type ChalkInstance } from 'chalk';
import type { Finding, Severity } from '../finding.ts';
import { codeFrame } from './pretty-frame.ts';
import { escapeControls } from './escape.ts';
import { plural } from './plural.ts';
import { countBySeverity, locate, locateInDump, type FormatOptions, type Report } from './report.ts';

/** For a person at a terminal: grouped by file, with the code, the reason and the remedy. */
export function formatPretty(report: Report, { color }: FormatOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const lines: string[] = [];
  let current: string | undefined;
  for (const finding of report.findings) {
    const { file } = locate(finding.place);
    if (file !== current) lines.push(chalk.underline(escapeControls(file)), '');
    current = file;
    lines.push(...describe(finding, chalk), '');
  }
  lines.push(...partialNotes(report, chalk), summarize(report, chalk), '');
  return lines.join('\n');
}

function describe(finding: Finding, chalk: ChalkInstance): string[] {
  const { start } = locate(finding.place);
  const dump = locateInDump(finding.place);
  const where = `${start.line}:${start.column}`;
  const doubt = finding.confidence === 'high' ? '' : chalk.dim(` (${finding.confidence} confidence)`);
  const lines = [
    `  ${chalk.dim(where)}  ${severityColor(finding.severity, chalk)(finding.severity)}  ${escapeControls(finding.message)}  ${chalk.dim(finding.rule)}${doubt}`,
    ...codeFrame(finding.place, chalk).map((line) => `  ${line}`),
  ];
  if (dump) lines.push(note('dump', `${dump.file}:${dump.start.line}:${dump.start.column}`, chalk));
  for (const { place, message } of finding.related) {
    const { file, start: at } = locate(place);
    lines.push(note('see', `${file}:${at.line}:${at.column}: ${message}`, chalk));
  }
  lines.push(note('why', finding.why, chalk), note('how', finding.how, chalk));
  if (finding.fix) {
    const unsafe = finding.fix.safety === 'unsafe' ? ' (may change behaviour)' : '';
    lines.push(note('fix', `${finding.fix.title}${unsafe}`, chalk));
  }
  if (finding.witness !== undefined) lines.push(note('try', finding.witness, chalk));
  return lines;
}

function note(label: string, text: string, chalk: ChalkInstance): string {
  return `    ${chalk.cyan(`${label}:`)} ${escapeControls(text)}`;
}

function severityColor(severity: Severity, chalk: ChalkInstance): ChalkInstance {
  return { error: chalk.red, warning: chalk.yellow, info: chalk.blue }[severity];
}

function partialNotes(report: Report, chalk: ChalkInstance): string[] {
  if (report.partial.length === 0) return [];
  const names = [...new Set(report.partial.map((file) => escapeControls(file.outer?.path ?? file.path)))];
  return [chalk.yellow(`Read only in part, so findings may be missing: ${names.join(', ')}`)];
}

function summarize(report: Report, chalk: ChalkInstance): string {
  const { errors, warnings, infos } = countBySeverity(report.findings);
  const counts = [
    errors > 0 && chalk.red(plural(errors, 'error')),
    warnings > 0 && chalk.yellow(plural(warnings, 'warning')),
    infos > 0 && chalk.blue(plural(infos, 'info')),
  ].filter((part) => part !== false);
  const found = counts.length > 0 ? counts.join(', ') : chalk.green('No findings');
  const suppressed = report.suppressed > 0 ? `, ${report.suppressed} suppressed` : '';
  const fixed = report.fixed
    ? ` Fixed ${plural(report.fixed.findings, 'finding')} in ${plural(report.fixed.files, 'file')}.`
    : '';
  return `${found} in ${plural(report.files, 'file')}${suppressed}.${fixed}`;
}
