import type { Finding } from '../rules/finding.ts';
import { escapeControls } from './escape.ts';
import { describeOmitted } from './limit-findings.ts';
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
  for (const omitted of report.omitted ?? [])
    lines.push(`::notice file=${property(omitted.file)}::${message(describeOmitted(omitted))}`);
  for (const { message: text, place } of report.notices ?? []) {
    const where = place ? ` file=${property(locate(place).file)},line=${locate(place).start.line}` : '';
    lines.push(`::notice${where}::${message(escapeControls(text))}`);
  }
  const { errors, warnings, infos } = countBySeverity(report);
  lines.push(`proxylint: ${errors} errors, ${warnings} warnings, ${infos} infos in ${report.files} files`);
  return `${lines.join('\n')}\n`;
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
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(escapeControls(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
