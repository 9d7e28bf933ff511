/** `proxylint test` as JUnit XML: a suite a file. What cannot be told is an error, what does not hold a failure. */
import type { Played } from '../../expectations/run.ts';
import { disarmCommands } from '../escape.ts';
import { attributes, escapeXml } from '../xml.ts';
import { countByVerdict, coverageText, locationOf, problemsOf, type TestedFile, type TestReport } from './report.ts';

export function formatTestsAsJunit({ files }: TestReport): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'proxylint test', ...countsOf(files) })}>`,
    ...files.flatMap(suite),
    '</testsuites>',
    '',
  ];
  return disarmCommands(lines.join('\n'));
}

function countsOf(files: readonly TestedFile[]): Record<string, number> {
  const { passed, failed, unknown } = countByVerdict(files);
  return { tests: passed + failed + unknown, failures: failed, errors: unknown };
}

function suite(file: TestedFile): string[] {
  const { path, played, coverage } = file;
  return [
    `  <testsuite${attributes({ name: path, file: path, ...countsOf([file]) })}>`,
    ...played.flatMap((one) => testcase(path, one)),
    ...(coverage ? [`    <system-out>${escapeXml(coverageText(coverage))}</system-out>`] : []),
    '  </testsuite>',
  ];
}

function testcase(path: string, one: Played): string[] {
  const { verdict } = one;
  const head = `    <testcase${attributes({ name: one.name, classname: path })}`;
  if (verdict === 'passed') return [`${head}/>`];
  const problems = problemsOf(one);
  const { file, start } = locationOf(path, one);
  const element = verdict === 'failed' ? 'failure' : 'error';
  const text = [...problems, `at ${file}:${start.line}:${start.column}`].map(escapeXml).join('\n');
  return [
    `${head}>`,
    `      <${element}${attributes({ message: problems[0], type: verdict })}>${text}</${element}>`,
    '    </testcase>',
  ];
}
