import type { Finding, Severity } from '../rules/finding.ts';
import { codeFrame } from './pretty-frame.ts';
import { disarmCommands, escapeControls } from './escape.ts';
import { describeOmitted } from './limit-findings.ts';
import {
  adviceOn,
  describeEffect,
  describeFailure,
  describeGone,
  describeLeftOut,
  describeNotice,
  stackLines,
} from './notices.ts';
import { plural } from './plural.ts';
import { countBySeverity, locate, locateInDump, type FormatOptions, type Report } from './report.ts';
import { loadStyles, type Styles } from './styles.ts';
import { columnsOf, wrap } from './text-width.ts';

/** For a person at a terminal: grouped by file, with the code, the reason and the remedy; the same reason once a run. */
export async function formatPretty(report: Report, options: FormatOptions): Promise<string> {
  const styles = await loadStyles(options.color);
  const page: Page = { styles, width: options.width ?? Infinity, isCompact: options.compact === true };
  const lines: string[] = [];
  let current: string | undefined;
  const explained = new Set<string>();
  for (const finding of report.findings) {
    const { file } = locate(finding.place);
    if (file !== current) {
      if (page.isCompact && current !== undefined) lines.push('');
      lines.push(styles.underline(shown(file)), ...(page.isCompact ? [] : ['']));
    }
    current = file;
    if (page.isCompact) {
      lines.push(...head(finding, page));
      continue;
    }
    const explanation = [...note('why', finding.why, page), ...note('how', finding.how, page)];
    const key = [finding.why, finding.how].join('\0');
    lines.push(...describe(finding, explained.has(key) ? [] : explanation, page), '');
    explained.add(key);
  }
  if (page.isCompact && current !== undefined) lines.push('');
  lines.push(
    ...omittedNotes(report, styles),
    ...failureNotes(report, styles),
    ...partialNotes(report, styles),
    ...noticeNotes(report, styles),
    ...configNotes(report),
    ...(describeGone(report) === '' ? [] : [shown(`${describeGone(report)}.`)]),
    summarize(report, styles),
    '',
  );
  return disarmCommands(lines.join('\n'));
}

/** What the text is written on. */
interface Page {
  readonly styles: Styles;
  /** Columns. */
  readonly width: number;
  readonly isCompact: boolean;
}

/** Of a line that is coloured, so that its head cannot be seen at the end. */
function shown(line: string): string {
  return disarmCommands(escapeControls(line));
}

const indent = '    ';

/** Where, how bad, what, by which rule. */
function head(finding: Finding, { styles, width }: Page): string[] {
  const { start } = locate(finding.place);
  const where = `${start.line}:${start.column}`;
  const before = `  ${where}  ${finding.severity}  `.length;
  const doubt = finding.confidence === 'high' ? '' : ` (${finding.confidence} confidence)`;
  const [first = '', ...more] = wrap(escapeControls(finding.message), width - before, indent.length - before);
  const lines = [
    `  ${styles.dim(where)}  ${severityColor(finding.severity, styles)(finding.severity)}  ${first}`,
    ...more.map((line) => indent + line),
  ];
  const used = more.length > 0 ? indent.length + columnsOf(more.at(-1)!) : before + columnsOf(first);
  const rule = styles.dim(finding.rule + doubt);
  if (used + 2 + finding.rule.length + doubt.length > width) lines.push(indent + rule);
  else lines.push(`${lines.pop()!}  ${rule}`);
  return lines;
}

function describe(finding: Finding, explanation: readonly string[], page: Page): string[] {
  const { styles, width } = page;
  const dump = locateInDump(finding.place);
  const lines = [...head(finding, page), ...codeFrame(finding.place, styles, width - 2).map((line) => `  ${line}`)];
  if (dump) lines.push(...note('dump', `${dump.file}:${dump.start.line}:${dump.start.column}`, page));
  for (const { place, message } of finding.related) {
    const { file, start: at } = locate(place);
    lines.push(...note('see', `${file}:${at.line}:${at.column}: ${message}`, page));
  }
  lines.push(...explanation);
  if (finding.fix) {
    const unsafe = finding.fix.safety === 'unsafe' ? ' (may change behaviour)' : '';
    lines.push(...note('fix', `${finding.fix.title}${unsafe}`, page));
  }
  // A command is copied, so that it is not broken.
  if (finding.witness !== undefined) lines.push(...note('try', finding.witness, { styles, width: Infinity }));
  return lines;
}

function note(label: string, text: string, { styles, width }: Pick<Page, 'styles' | 'width'>): string[] {
  const before = indent.length + label.length + 2;
  const [first = '', ...more] = wrap(escapeControls(text), width - before);
  return [`${indent}${styles.cyan(`${label}:`)} ${first}`, ...more.map((line) => ' '.repeat(before) + line)];
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
  const fixed = report.fixed
    ? ` Fixed ${plural(report.fixed.findings, 'finding')} in ${plural(report.fixed.files, 'file')}.`
    : '';
  const notLinted = report.notLinted ? `; ${plural(report.notLinted, 'file')} not linted` : '';
  return `${found} in ${plural(report.files, 'file')}${describeLeftOut(report)}${notLinted}.${fixed}${fixable(report)}`;
}

/** What `--fix` would do; after fixing, what is left of it has been told. */
function fixable({ findings, fixed }: Report): string {
  if (fixed) return '';
  const safeties = findings.map(({ fix }) => fix?.safety);
  const safe = safeties.filter((safety) => safety === 'safe').length;
  const unsafe = safeties.filter((safety) => safety === 'unsafe').length;
  if (safe + unsafe === 0) return '';
  const first = safe > 0 ? `${safe} fixable with --fix` : `${unsafe} fixable with --fix-unsafe`;
  return ` ${first}${safe > 0 && unsafe > 0 ? `, ${unsafe} more with --fix-unsafe` : ''}.`;
}
