/** The Test Anything Protocol, version 14: https://testanything.org/tap-version-14-specification.html */
import { stringify } from 'yaml';
import { disarmCommands, escapeControls } from '../escape.ts';
import { coverageText, locationOf, problemsOf, rowText, type TestReport } from './report.ts';

export function formatTestsAsTap({ files }: TestReport): string {
  const all = files.flatMap(({ path, played }) => played.map((one) => ({ path, one })));
  const lines = ['TAP version 14', `1..${all.length}`];
  for (const [index, { path, one }] of all.entries()) {
    const { verdict } = one;
    lines.push(`${verdict === 'passed' ? 'ok' : 'not ok'} ${index + 1} - ${description(one.name)}`);
    if (verdict === 'passed') continue;
    const { file, start } = locationOf(path, one);
    const details = {
      severity: verdict === 'failed' ? 'fail' : 'unknown',
      messages: problemsOf(one).map(escapeControls),
      at: `${file}:${start.line}:${start.column}`,
      expectation: `${path}:${one.at.line}:${one.at.column}`,
    };
    lines.push(
      '  ---',
      ...stringify(details)
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
      '  ...',
    );
  }
  for (const { path, coverage } of files) {
    if (!coverage) continue;
    lines.push(`# ${escapeControls(path)}: ${coverageText(coverage)}`);
    lines.push(...coverage.unreached.map((row) => `# not reached: ${escapeControls(rowText(row))}`));
  }
  return disarmCommands(`${lines.join('\n')}\n`);
}

/** `#` begins a directive. */
function description(name: string): string {
  return escapeControls(name).replace(/[\\#]/g, '\\$&');
}
