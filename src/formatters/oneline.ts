import type { Finding } from '../rules/finding.ts';
import { disarmCommands, escapeControls } from './escape.ts';
import { remarksOf, type Remark } from './remarks.ts';
import { locate, type Report } from './report.ts';
import { summaryLine } from './summary.ts';

/** A line a finding, as compilers print them: `file:line:column: severity: message [rule]`, and a summary. */
export function formatOneline(report: Report): string {
  const lines = [...report.findings.map(line), ...remarksOf(report).map(remarkLine), summaryLine(report)];
  return disarmCommands(`${lines.map(escapeControls).join('\n')}\n`);
}

function line({ place, severity, message, rule }: Finding): string {
  const { file, start } = locate(place);
  return `${file}:${start.line}:${start.column}: ${severity}: ${message} [${rule}]`;
}

function remarkLine({ kind, severity, file, start, lines }: Remark): string {
  const where = start ? `${file}:${start.line}:${start.column}` : file;
  return `${where}: ${severity}: ${lines.join(' ')} [${kind}]`;
}
