import { compareText } from '../text/paths.ts';
import type { Finding } from '../rules/finding.ts';

/** A file that is included at several places is linted at each, but one mistake in it is one finding. */
export function sortAndDeduplicate(findings: readonly Finding[]): Finding[] {
  const unique: Finding[] = [];
  for (const finding of findings.toSorted(compareFindings)) if (!isAmongLast(unique, finding)) unique.push(finding);
  return unique;
}

/** Those that are equal but for their ends stand together. */
function isAmongLast(sorted: readonly Finding[], finding: Finding): boolean {
  for (let at = sorted.length - 1; at >= 0; at--) {
    const other = sorted[at]!;
    if (compareFindings(other, finding) !== 0) return false;
    if (other.place.end === finding.place.end) return true;
  }
  return false;
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.place.file.path, b.place.file.path) ||
    a.place.start - b.place.start ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}
