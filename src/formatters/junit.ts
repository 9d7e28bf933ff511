import type { Finding } from '../rules/finding.ts';
import { groupBy } from '../text/group-by.ts';
import { disarmCommands } from './escape.ts';
import { remarksOf, type Remark } from './remarks.ts';
import { locate, type Report } from './report.ts';
import { summaryLine } from './summary.ts';
import { attributes, escapeXml } from './xml.ts';

/** A suite a file with a failed case a finding, and one that passes, since an empty report is taken for a broken one. */
export function formatJunit(report: Report): string {
  const files = groupBy(report.findings, ({ place }) => locate(place).file);
  const remarks = remarksOf(report);
  const failures = remarks.filter(({ kind }) => kind === 'failure');
  const tests = report.findings.length + failures.length + 1;
  const counts = { tests, failures: report.findings.length, errors: failures.length };
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'proxylint', ...counts })}>`,
    ...[...files].flatMap(([file, findings]) => suite(file, findings)),
    ...runSuite(report, failures, remarks),
    '</testsuites>',
    '',
  ];
  return disarmCommands(lines.join('\n'));
}

function suite(file: string, findings: readonly Finding[]): string[] {
  const counts = { tests: findings.length, failures: findings.length, errors: 0 };
  return [
    `  <testsuite${attributes({ name: file, file, ...counts })}>`,
    ...findings.flatMap(testcase),
    '  </testsuite>',
  ];
}

function testcase({ place, rule, severity, message, why, how, url }: Finding): string[] {
  const { file, start } = locate(place);
  const where = `${file}:${start.line}:${start.column}`;
  const name = `${rule} at line ${start.line}, column ${start.column}`;
  const text = [`${where}: ${severity}: ${message}`, why, how, url].map(escapeXml).join('\n');
  return [
    `    <testcase${attributes({ name, classname: file })}>`,
    `      <failure${attributes({ message, type: severity })}>${text}</failure>`,
    '    </testcase>',
  ];
}

/** The run itself: what failed in it, and what it tells. */
function runSuite(report: Report, failures: readonly Remark[], remarks: readonly Remark[]): string[] {
  const counts = { tests: failures.length + 1, failures: 0, errors: failures.length };
  return [
    `  <testsuite${attributes({ name: 'proxylint', ...counts })}>`,
    ...failures.flatMap(({ file, lines: [message = '', ...more] }) => {
      return [
        `    <testcase${attributes({ name: message, classname: file })}>`,
        `      <error${attributes({ message, type: 'failure' })}>${more.map(escapeXml).join('\n')}</error>`,
        '    </testcase>',
      ];
    }),
    `    <testcase${attributes({ name: 'run', classname: 'proxylint' })}/>`,
    '    <system-out>',
    ...remarks
      .filter(({ kind }) => kind !== 'failure')
      .map(({ file, lines: told }) => escapeXml(`${file}: ${told.join(' ')}`)),
    escapeXml(summaryLine(report)),
    '    </system-out>',
    '  </testsuite>',
  ];
}
