import type { Finding } from '../rules/finding.ts';
import { disarmBrackets, escapeControls } from './escape.ts';
import { commands, message, property } from './github-commands.ts';
import { remarksOf, type Remark } from './remarks.ts';
import { locate, type FormatOptions, type Location, type Report } from './report.ts';
import { inRepository } from './repository-path.ts';
import { summaryLine } from './summary.ts';

/**
 * Workflow commands that GitHub shows as annotations.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function formatGithub(report: Report, { prefix }: FormatOptions): string {
  const nameOf = (path: string): string => property(inRepository(path, prefix));
  const remarks = remarksOf(report);
  const lines = [
    ...report.findings.map((finding) => annotation(finding, prefix)),
    ...remarks.filter(({ kind }) => kind !== 'config').map((remark) => remarkAnnotation(remark, nameOf)),
    // They are no matter of a line that a reviewer looks at.
    ...remarks.filter(({ kind }) => kind === 'config').map(({ lines: [line = ''] }) => `proxylint: ${plainLine(line)}`),
    summaryLine(report),
  ];
  return `${lines.join('\n')}\n`;
}

/** Only a failure is worth one of the few annotations that GitHub shows a kind. */
function remarkAnnotation({ kind, file, start, lines }: Remark, nameOf: (path: string) => string): string {
  const isFailure = kind === 'failure';
  const properties = [
    `file=${nameOf(file)}`,
    ...(start ? [`line=${start.line}`] : []),
    ...(isFailure ? [`title=${property('proxylint: internal error')}`] : []),
  ];
  return `::${isFailure ? 'error' : 'notice'} ${properties.join(',')}::${message(lines.map(escapeControls).join('\n'))}`;
}

function annotation(finding: Finding, prefix: string | undefined): string {
  const related = finding.related.map((each) => {
    const at = locate(each.place);
    return `${at.file}:${at.start.line}: ${each.message}`;
  });
  const text = [finding.message, finding.why, finding.how, ...related, finding.url];
  const title = `proxylint: ${finding.rule}`;
  return annotationOf(commands[finding.severity], locate(finding.place), title, text, prefix);
}

/** @param lines as they are, controls too */
export function annotationOf(
  command: (typeof commands)[keyof typeof commands],
  { file, start, end }: Location,
  title: string,
  lines: readonly string[],
  prefix: string | undefined,
): string {
  const properties = [
    `file=${property(inRepository(file, prefix))}`,
    `line=${start.line}`,
    `endLine=${end.line}`,
    // GitHub refuses columns of a range over several lines; its end column is inclusive.
    ...(end.line === start.line ? [`col=${start.column}`, `endColumn=${Math.max(start.column, end.column - 1)}`] : []),
    `title=${property(title)}`,
  ];
  return `::${command} ${properties.join(',')}::${message(lines.map(escapeControls).join('\n'))}`;
}

/** A line of the log that is no command. */
export function plainLine(text: string): string {
  return disarmBrackets(escapeControls(text));
}
