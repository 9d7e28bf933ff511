import type { Finding, Severity } from '../rules/finding.ts';
import { codeFrame } from './pretty-frame.ts';
import { escapeControls } from './escape.ts';
import { describeOmitted } from './limit-findings.ts';
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
      lines.push(styles.underline(escapeControls(file)), '');
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
    ...partialNotes(report, styles),
    ...notices(report, styles),
    summarize(report, styles),
    '',
  );
  return lines.join('\n');
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

function partialNotes(report: Report, styles: Styles): string[] {
  if (report.partial.length === 0) return [];
  const names = [...new Set(report.partial.map((file) => escapeControls(file.outer?.path ?? file.path)))];
  return [styles.yellow(`Read only in part, so findings may be missing: ${names.join(', ')}`)];
}

function omittedNotes({ omitted = [] }: Report, styles: Styles): string[] {
  return omitted.map((each) => styles.yellow(`${escapeControls(each.file)}: ${describeOmitted(each)}`));
}

/** A config may name many files; the other formats hold them all. */
const maxNotices = 20;

function notices({ notices: all = [] }: Report, styles: Styles): string[] {
  const lines = all.slice(0, maxNotices).map(({ message, place }) => {
    const where = place ? `${escapeControls(locate(place).file)}:${locate(place).start.line}: ` : '';
    return styles.yellow(`${where}${escapeControls(message)}`);
  });
  if (all.length > maxNotices) lines.push(styles.yellow(`${all.length - maxNotices} more were not read.`));
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
  const fixed = report.fixed
    ? ` Fixed ${plural(report.fixed.findings, 'finding')} in ${plural(report.fixed.files, 'file')}.`
    : '';
  const notLinted = report.notLinted ? `; ${plural(report.notLinted, 'file')} not linted` : '';
  return `${found} in ${plural(report.files, 'file')}${suppressed}${notLinted}.${fixed}`;
}
