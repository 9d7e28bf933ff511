import type { Finding } from '../rules/finding.ts';
import { groupBy } from '../text/group-by.ts';
import { disarmCommands } from './escape.ts';
import { code, words } from './markdown-text.ts';
import { describeLeftOut } from './notices.ts';
import { plural } from './plural.ts';
import { remarksOf } from './remarks.ts';
import { countBySeverity, locate, type Report } from './report.ts';

/** For comments on pull requests and the summaries of jobs: GitHub's and GitLab's Markdown. */
export function formatMarkdown(report: Report): string {
  const files = groupBy(report.findings, ({ place }) => locate(place).file);
  const remarks = remarksOf(report);
  const lines = [
    '### proxylint',
    '',
    heading(report),
    ...[...files].flatMap(([file, findings]) => fileSection(file, findings)),
    ...(remarks.length > 0
      ? ['', ...remarks.map(({ file, lines: told }) => `- ${code(file)}: ${words(told.join(' '))}`)]
      : []),
    '',
  ];
  return disarmCommands(lines.join('\n'));
}

function heading(report: Report): string {
  const { errors, warnings, infos } = countBySeverity(report);
  const counts = [
    errors > 0 && `**${plural(errors, 'error')}**`,
    warnings > 0 && `**${plural(warnings, 'warning')}**`,
    infos > 0 && plural(infos, 'info'),
  ].filter((part) => part !== false);
  const notLinted = report.notLinted ? `; ${plural(report.notLinted, 'file')} not linted` : '';
  return `${counts.join(', ') || 'No findings'} in ${plural(report.files, 'file')}${describeLeftOut(report)}${notLinted}.`;
}

function fileSection(file: string, findings: readonly Finding[]): string[] {
  const reasons = groupBy(findings, ({ rule, why, how }) => [rule, why, how].join('\0'));
  return [
    '',
    `#### ${code(file)}`,
    '',
    '| Line | Severity | Finding | Rule |',
    '| ---: | --- | --- | --- |',
    ...findings.map(row),
    '',
    '<details><summary>Why, and what to do</summary>',
    '',
    ...[...reasons.values()].map(([first]) => reason(first!)),
    '',
    '</details>',
  ];
}

function reason({ rule, why, how }: Finding): string {
  return `- **${words(rule)}**: ${words(why)} ${words(how)}`;
}

function row({ place, severity, message, rule, url }: Finding): string {
  const { line } = locate(place).start;
  return `| ${line} | ${severity} | ${words(message)} | [${words(rule)}](${encodeURI(url).replace(/[()]/g, encodeParenthesis)}) |`;
}

function encodeParenthesis(character: string): string {
  return character === '(' ? '%28' : '%29';
}
