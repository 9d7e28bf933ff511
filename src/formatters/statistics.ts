/** How often each rule has findings, for who decides where to begin. */
import type { Finding, Severity } from '../rules/finding.ts';
import { groupBy } from '../text/group-by.ts';
import { disarmCommands, escapeControls, escapeJson } from './escape.ts';
import { plural } from './plural.ts';
import { locate, type Report } from './report.ts';

interface Statistic {
  readonly rule: string;
  readonly severity: Severity;
  readonly count: number;
  readonly files: number;
  /** How many have a fix. */
  readonly fixable: number;
}

/** The most frequent first; as JSON an array of {@link Statistic}. */
export function formatStatistics(report: Report, asJson: boolean): string {
  const kinds = groupBy(report.findings, ({ rule, severity }) => [rule, severity].join('\0'));
  const statistics = [...kinds.values()].map(statisticOf).sort((a, b) => b.count - a.count);
  if (asJson) return `${escapeJson(JSON.stringify(statistics, null, 2))}\n`;
  const width = String(statistics[0]?.count ?? 0).length;
  const lines = statistics.map(({ rule, severity, count, files, fixable }) => {
    const fixes = fixable > 0 ? `, ${fixable} fixable` : '';
    return `${String(count).padStart(width)}  ${severity.padEnd(7)}  ${escapeControls(rule)}  (${plural(files, 'file')}${fixes})`;
  });
  lines.push(`${plural(report.findings.length, 'finding')} in ${plural(report.files, 'file')}.`);
  return disarmCommands(`${lines.join('\n')}\n`);
}

function statisticOf(findings: readonly Finding[]): Statistic {
  const [{ rule, severity }] = findings as [Finding];
  return {
    rule,
    severity,
    count: findings.length,
    files: new Set(findings.map(({ place }) => locate(place).file)).size,
    fixable: findings.filter(({ fix }) => fix).length,
  };
}
