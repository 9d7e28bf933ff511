import { compareText } from '../text/paths.ts';
import type { Finding } from '../rules/finding.ts';

/** A file that is included at several places is linted at each, but one mistake in it is one finding. */
export function sortAndDeduplicate(findings: readonly Finding[]): Finding[] {
  const unique = new Map<string, Finding>();
  for (const finding of findings) {
    const { place } = finding;
    const key = `${place.file.path}\0${place.start}\0${place.end}\0${finding.rule}\0${finding.message}`;
    if (!unique.has(key)) unique.set(key, finding);
  }
  return [...unique.values()].sort(compareFindings);
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.place.file.path, b.place.file.path) ||
    a.place.start - b.place.start ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}
