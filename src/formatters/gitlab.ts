import type { Severity } from '../rules/finding.ts';
import { escapeJson } from './escape.ts';
import { fingerprint } from './fingerprint.ts';
import { remarksOf, type Remark } from './remarks.ts';
import { locate, type FormatOptions, type Report } from './report.ts';
import { inRepository } from './repository-path.ts';

const severities = { error: 'major', warning: 'minor', info: 'info' } as const satisfies Record<Severity, string>;

/** The code quality report of GitLab, https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function formatGitlab(report: Report, { prefix }: FormatOptions): string {
  const prints = new Map<string, number>();
  const issues = report.findings.map((finding) => {
    const { file, start, end } = locate(finding.place);
    return {
      description: finding.message,
      check_name: finding.rule,
      fingerprint: fingerprint(finding, prints),
      severity: severities[finding.severity],
      location: { path: inRepository(file, prefix), lines: { begin: start.line, end: end.line } },
    };
  });
  return `${escapeJson(JSON.stringify([...issues, ...remarksOf(report).map((remark) => remarkIssue(remark, prefix))], null, 2))}\n`;
}

function remarkIssue({ kind, severity, file, start, lines }: Remark, prefix: string | undefined): object {
  return {
    description: lines.join('\n'),
    check_name: `(${kind})`,
    fingerprint: [kind, file, ...lines].join(' '),
    severity: kind === 'failure' ? 'blocker' : severities[severity],
    location: { path: inRepository(file, prefix), lines: { begin: start?.line ?? 1 } },
  };
}
