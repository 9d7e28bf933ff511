/** `proxylint test` for the terminal. */
import type { Played } from '../../expectations/run.ts';
import { disarmCommands, escapeControls } from '../escape.ts';
import { formatTraces } from '../pretty-trace.ts';
import type { FormatOptions } from '../report.ts';
import { loadStyles, type Styles } from '../styles.ts';
import {
  countByVerdict,
  coverageText,
  locationOf,
  problemsOf,
  rowText,
  type TestedFile,
  type TestReport,
} from './report.ts';

/** How many routes without an expectation are named. */
const maxRows = 50;

export async function formatTestsPretty({ files }: TestReport, options: FormatOptions): Promise<string> {
  const paint = await loadStyles(options.color);
  const lines: string[] = [];
  for (const file of files) lines.push(...(await fileLines(file, options, paint)));
  const { passed, failed, unknown } = countByVerdict(files);
  const parts = [
    paint.green(`${passed} passed`),
    failed > 0 ? paint.red(`${failed} failed`) : '0 failed',
    ...(unknown > 0 ? [paint.yellow(`${unknown} cannot be told`)] : []),
  ];
  lines.push(parts.join(', '));
  return disarmCommands(`${lines.join('\n')}\n`);
}

async function fileLines(file: TestedFile, options: FormatOptions, paint: Styles): Promise<string[]> {
  const { path, played, coverage } = file;
  const lines = [paint.underline(escapeControls(path))];
  for (const one of played) lines.push(...(await playedLines(path, one, options, paint)));
  if (coverage) {
    lines.push('', `  ${coverageText(coverage)}`);
    for (const row of coverage.unreached.slice(0, maxRows))
      lines.push(`    ${paint.dim('not reached:')} ${escapeControls(rowText(row))}`);
    if (coverage.unreached.length > maxRows) lines.push(`    and ${coverage.unreached.length - maxRows} more`);
  }
  return [...lines, ''];
}

async function playedLines(path: string, one: Played, options: FormatOptions, paint: Styles): Promise<string[]> {
  const { verdict, hop } = one;
  const name = escapeControls(one.name);
  if (verdict === 'passed') return [`  ${paint.green('ok')}    ${name}`];
  const sign = verdict === 'failed' ? paint.red('FAIL') : paint.yellow('????');
  const { file, start } = locationOf(path, one);
  const lines = [
    `  ${sign}  ${paint.bold(name)} ${paint.dim(`(${path}:${one.at.line})`)}`,
    ...problemsOf(one).map((problem) => `        ${escapeControls(problem)}`),
    `        ${paint.dim(`at ${escapeControls(file)}:${start.line}:${start.column}`)}`,
  ];
  if (hop) {
    const trace = await formatTraces([hop], options);
    lines.push(
      '',
      ...trace
        .trimEnd()
        .split('\n')
        .map((line) => (line === '' ? '' : `          ${line}`)),
      '',
    );
  }
  return lines;
}
