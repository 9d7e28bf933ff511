/** `proxylint test` as annotations of GitHub, on the line of the config that decides. */
import { annotationOf, plainLine } from '../github.ts';
import type { FormatOptions } from '../report.ts';
import { countByVerdict, coverageText, locationOf, problemsOf, type TestReport } from './report.ts';

export function formatTestsForGithub({ files }: TestReport, { prefix }: FormatOptions): string {
  const lines: string[] = [];
  for (const { path, played, coverage } of files) {
    for (const one of played) {
      const { verdict } = one;
      if (verdict === 'passed') continue;
      const title = `proxylint test: ${one.name}`;
      const text = [...problemsOf(one), `expected in ${path}:${one.at.line}`];
      lines.push(annotationOf(verdict === 'failed' ? 'error' : 'warning', locationOf(path, one), title, text, prefix));
    }
    if (coverage) lines.push(plainLine(`${path}: ${coverageText(coverage)}`));
  }
  const { passed, failed, unknown } = countByVerdict(files);
  return `${[...lines, `${passed} passed, ${failed} failed, ${unknown} cannot be told`].join('\n')}\n`;
}
