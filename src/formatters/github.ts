import type { Failure } from '../lint/failure.ts';
import type { Finding } from '../rules/finding.ts';
import type { Notice } from '../text/budget.ts';
import { disarmBrackets, escapeControls } from './escape.ts';
import { describeOmitted } from './limit-findings.ts';
import { adviceOn, describeEffect, describeFailure, stackLines } from './notices.ts';
import { countBySeverity, locate, type Report } from './report.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * Workflow commands that GitHub shows as annotations.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function formatGithub(report: Report): string {
  const lines = report.findings.map(annotation);
  for (const file of new Set(report.partial.map((each) => each.outer?.path ?? each.path))) {
    lines.push(`::notice file=${property(file)}::${message('Read only in part, so findings may be missing.')}`);
  }
  for (const omitted of report.omitted ?? []) {
    lines.push(`::notice file=${property(omitted.file)}::${message(describeOmitted(omitted))}`);
  }
  for (const failure of report.failures ?? []) lines.push(failureAnnotation(failure, report));
  for (const notice of report.notices ?? []) lines.push(noticeAnnotation(notice));
  for (const effect of report.configs ?? []) {
    lines.push(`proxylint: ${disarmBrackets(escapeControls(describeEffect(effect)))}`);
  }
  const { errors, warnings, infos } = countBySeverity(report);
  const suppressed = report.suppressed > 0 ? `, ${report.suppressed} suppressed` : '';
  const hidden = report.hidden ? `, ${report.hidden} not shown` : '';
  const notLinted = report.notLinted ? `, ${report.notLinted} not linted` : '';
  lines.push(
    `proxylint: ${errors} errors, ${warnings} warnings, ${infos} infos in ${report.files} files${suppressed}${hidden}${notLinted}`,
  );
  return `${lines.join('\n')}\n`;
}

function failureAnnotation(failure: Failure, report: Report): string {
  const at = failure.place && locate(failure.place);
  const file = at?.file ?? failure.file.outer?.path ?? failure.file.path;
  const properties = [
    `file=${property(file)}`,
    ...(at ? [`line=${at.start.line}`] : []),
    `title=${property('proxylint: internal error')}`,
  ];
  const lines = [describeFailure(failure), adviceOn(failure, report), ...stackLines(failure, report)];
  return `::error ${properties.join(',')}::${message(lines.map(escapeControls).join('\n'))}`;
}

function noticeAnnotation({ message: text, path, place }: Notice): string {
  const at = place && locate(place);
  const where = at ? `${property(at.file)},line=${at.start.line}` : property(path);
  return `::notice file=${where}::${message(escapeControls(text))}`;
}

function annotation(finding: Finding): string {
  const { file, start, end } = locate(finding.place);
  const properties = [
    `file=${property(file)}`,
    `line=${start.line}`,
    `endLine=${end.line}`,
    // GitHub refuses columns of a range over several lines; its end column is inclusive.
    ...(end.line === start.line ? [`col=${start.column}`, `endColumn=${Math.max(start.column, end.column - 1)}`] : []),
    `title=${property(`proxylint: ${finding.rule}`)}`,
  ];
  const related = finding.related.map((each) => {
    const at = locate(each.place);
    return `${at.file}:${at.start.line}: ${each.message}`;
  });
  const text = [finding.message, finding.why, finding.how, ...related, finding.url].map(escapeControls).join('\n');
  return `::${commands[finding.severity]} ${properties.join(',')}::${message(text)}`;
}

/** The runner reads a command to the end of the line, so what config text holds must not end it. */
function message(text: string): string {
  return disarmBrackets(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(escapeControls(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
