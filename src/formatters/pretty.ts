import type { Finding, Severity } from '../rules/finding.ts';
import { codeFrame } from './pretty-frame.ts';
import { disarmCommands, escapeControls } from './escape.ts';
import { describeOmitted } from './limit-findings.ts';
import { adviceOn, describeEffect, describeFailure, describeNotice, stackLines } from './notices.ts';
import { plural } from './plural.ts';
import { countBySeverity, locate, locateInDump, type FormatOptions, type Report } from './report.ts';
import { loadStyles, type Styles } from './styles.ts';

/** For a person at a terminal: grouped by file, with the code, the reason and the remedy; the same reason once a file. */
export async function formatPretty(report: Report, { color }: FormatOptions): Promise<string> {
  const styles = await loadStyles(color);
  const lines: string[] = [];
  let current: string | undefined;
  let explained = new Set<string>();
  for (const finding of report.findings) {
    const { file } = locate(finding.place);
    if (file !== current) {
      lines.push(styles.underline(shown(file)), '');
      explained = new Set();
    }
    current = file;
    const explanation = [note('why', finding.why, styles), note('how', finding.how, styles)];
    const isNew = !explained.has(explanation.join());
    explained.add(explanation.join());
    lines.push(...describe(finding, isNew ? explanation : [], styles), '');
  }
  lines.push(
    ...omittedNotes(report, styles),
    ...failureNotes(report, styles),
    ...partialNotes(report, styles),
    ...noticeNotes(report, styles),
    ...configNotes(report),
    summarize(report, styles),
    '',
  );
  return disarmCommands(lines.join('\n'));
}

/** Of a line that is coloured, so that its head cannot be seen at the end. */
function shown(line: string): string {
  return disarmCommands(escapeControls(line));
}

function describe(finding: Finding, explanation: readonly string[], styles: Styles): string[] {
  const { start } = locate(finding.place);
  const dump = locateInDump(finding.place);
  const where = `${start.line}:${start.column}`;
  const doubt = finding.confidence === 'high' ? '' : styles.dim(` (${finding.confidence} confidence)`);
  const lines = [
    `  ${styles.dim(where)}  ${severityColor(finding.severity, styles)(finding.severity)}  ${escapeControls(finding.message)}  ${styles.dim(finding.rule)}${doubt}`,
    ...codeFrame(finding.place, styles).map((line) => `  ${line}`),
  ];
  if (dump) lines.push(note('dump', `${dump.file}:${dump.start.line}:${dump.start.column}`, styles));
  for (const { place, message } of finding.related) {
    const { file, start: at } = locate(place);
    lines.push(note('see', `${file}:${at.line}:${at.column}: ${message}`, styles));
  }
  lines.push(...explanation);
  if (finding.fix) {
    const unsafe = finding.fix.safety === 'unsafe' ? ' (may change behaviour)' : '';
    lines.push(note('fix', `${finding.fix.title}${unsafe}`, styles));
  }
  if (finding.witness !== undefined) lines.push(note('try', finding.witness, styles));
  return lines;
}

function note(label: string, text: string, styles: Styles): string {
  return `    ${styles.cyan(`${label}:`)} ${escapeControls(text)}`;
}

function severityColor(severity: Severity, styles: Styles): (text: string) => string {
  return { error: styles.red, warning: styles.yellow, info: styles.blue }[severity];
}

function failureNotes(report: Report, styles: Styles): string[] {
  return (report.failures ?? []).flatMap((failure) => {
    return [
      styles.red(escapeControls(describeFailure(failure))),
      `    ${escapeControls(adviceOn(failure, report))}`,
      ...stackLines(failure, report).map((line) => `    ${escapeControls(line)}`),
    ];
  });
}

function configNotes({ configs = [] }: Report): string[] {
  return configs.map((effect) => `${escapeControls(describeEffect(effect))}.`);
}

function partialNotes(report: Report, styles: Styles): string[] {
  if (report.partial.length === 0) return [];
  const names = [...new Set(report.partial.map((file) => escapeControls(file.outer?.path ?? file.path)))];
  return [styles.yellow(`Read only in part, so findings may be missing: ${names.join(', ')}`)];
}

function omittedNotes({ omitted = [] }: Report, styles: Styles): string[] {
  return omitted.map((each) => styles.yellow(shown(`${each.file}: ${describeOmitted(each)}`)));
}

/** A config may name many files; the other formats hold them all. */
const maxNotices = 20;

function noticeNotes({ notices = [] }: Report, styles: Styles): string[] {
  const lines = notices.slice(0, maxNotices).map((notice) => styles.yellow(shown(describeNotice(notice))));
  if (notices.length > maxNotices) lines.push(styles.yellow(`${notices.length - maxNotices} more were not read.`));
  return lines;
}

function summarize(report: Report, styles: Styles): string {
  const { errors, warnings, infos } = countBySeverity(report);
  const counts = [
    errors > 0 && styles.red(plural(errors, 'error')),
    warnings > 0 && styles.yellow(plural(warnings, 'warning')),
    infos > 0 && styles.blue(plural(infos, 'info')),
  ].filter((part) => part !== false);
  const found = counts.length > 0 ? counts.join(', ') : styles.green('No findings');
  const suppressed = report.suppressed > 0 ? `, ${report.suppressed} suppressed` : '';
  const hidden = report.hidden ? `, ${report.hidden} below error not shown` : '';
  const fixed = report.fixed
    ? ` Fixed ${plural(report.fixed.findings, 'finding')} in ${plural(report.fixed.files, 'file')}.`
    : '';
  const notLinted = report.notLinted ? `; ${plural(report.notLinted, 'file')} not linted` : '';
  return `${found} in ${plural(report.files, 'file')}${suppressed}${hidden}${notLinted}.${fixed}`;
}
