/** Keeps what is printed readable: a mistake that is made ten thousand times need not be told as often. */
import { group, limits } from '../text/budget.ts';
import { locate, type Omitted, type Report } from './report.ts';

/** The report with the first findings of each kind in each file, and the others counted in `omitted`. */
export function limitFindings(report: Report): Report {
  // Nothing can repeat too often among so few.
  if (report.findings.length <= limits.printedOfAKind) return report;
  const kinds = new Map<string, { printed: number; count: number; omitted: Omit<Omitted, 'count'> }>();
  let printed = 0;
  const findings = report.findings.filter(({ rule, messageId, severity, place }) => {
    const { file } = locate(place);
    const key = [file, rule, messageId, severity].join('\0');
    let kind = kinds.get(key);
    if (!kind) kinds.set(key, (kind = { printed: 0, count: 0, omitted: { file, rule, messageId, severity } }));
    if (kind.printed < limits.printedOfAKind && printed < limits.printedFindings) {
      kind.printed++;
      printed++;
      return true;
    }
    kind.count++;
    return false;
  });
  const repeated = [...kinds.values()].filter(({ count }) => count > 0);
  const omitted = repeated.map((kind) => ({ ...kind.omitted, count: kind.count }));
  return { ...report, findings, omitted };
}

export function countOmitted({ omitted = [] }: Report): number {
  return omitted.reduce((sum, { count }) => sum + count, 0);
}

/** `79,900 more findings of unexpected-close`, and how to see them. */
export function describeOmitted({ count, rule }: Omitted): string {
  return `${group(count)} more ${count === 1 ? 'finding' : 'findings'} of ${rule} (--all-findings prints them)`;
}
