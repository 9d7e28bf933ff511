/**
 * The markers of a fixture: comments that say what is found where.
 *
 * `# expect-next-line: id@12-20 !warning ~low` stands before the line that it is about (the next one that is no marker),
 * `# expect-line 7: id@12-20` anywhere. `id` is a message id of the rule; columns count from 1, the end is exclusive
 * (`@12`: an empty place; `@12-+2:5`: up to column 5 two lines further down). Severity (`!`) and confidence (`~`) stand only
 * where they are not those of the rule.
 */
import type { Finding } from '../rules/finding.ts';
import type { RuleMeta } from '../rules/define-rule.ts';
import { commentLineStart } from '../syntax/comments.ts';
import type { SourceFile } from '../text/source.ts';

const marker = new RegExp(String.raw`^(${commentLineStart})expect-(?:next-line|line (\d+)):\s*(.*?)\s*$`);

/** Number of the line (from 1) that a marker is about, by the marker's own number; undefined for a line that is no marker. */
function targetOf(lines: readonly string[], number: number): number | undefined {
  const match = marker.exec(lines[number - 1]!);
  if (!match) return undefined;
  if (match[2] !== undefined) return Number(match[2]);
  let target = number + 1;
  while (target <= lines.length && marker.test(lines[target - 1]!)) target++;
  return target;
}

/** Whether a text announces findings. */
export function hasMarkers(text: string): boolean {
  return text.split('\n').some((line) => marker.test(line));
}

/**
 * The text of a file with its markers as the findings in it want them: a marker keeps its line while something is found
 * where it points, a finding without one gets a new marker before its line.
 */
export function withMarkers(file: SourceFile, findings: readonly Finding[], meta: RuleMeta): string {
  const lines = file.text.split('\n');
  const open = new Map<number, Finding[]>();
  for (const finding of [...findings].sort(byPlace)) {
    const { line } = file.positionAt(finding.place.start);
    open.set(line, [...(open.get(line) ?? []), finding]);
  }
  const markersOf = markersByTarget(lines);
  const written: string[] = [];
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const target = targetOf(lines, number);
    if (target === undefined) {
      const unannounced = markersOf.has(number) ? [] : (open.get(number) ?? []);
      if (unannounced.length > 0) written.push(newMarker(line, file, unannounced, meta));
      written.push(line);
      continue;
    }
    const taken = take(line, number === markersOf.get(target)!.at(-1), open.get(target) ?? []);
    if (taken.length === 0) continue;
    const [, sign, at] = marker.exec(line)!;
    const head = `${sign}expect-${at === undefined ? 'next-line' : `line ${at}`}:`;
    written.push([head, ...taken.map((finding) => describe(file, finding, meta))].join(' '));
  }
  return written.join('\n');
}

/** The numbers of the markers of each line that has some. */
function markersByTarget(lines: readonly string[]): Map<number, number[]> {
  const markers = new Map<number, number[]>();
  for (let number = 1; number <= lines.length; number++) {
    const target = targetOf(lines, number);
    if (target !== undefined) markers.set(target, [...(markers.get(target) ?? []), number]);
  }
  return markers;
}

/** Removes from `open` what a marker announces by its ids; the last marker of a line announces all that is left. */
function take(line: string, isLast: boolean, open: Finding[]): Finding[] {
  if (isLast) return open.splice(0);
  const ids = marker
    .exec(line)![3]!
    .split(/\s+/)
    .map((word) => word.replace(/@.*/, ''));
  return ids.flatMap((id) => {
    const index = open.findIndex(({ messageId }) => messageId === id);
    return index === -1 ? [] : open.splice(index, 1);
  });
}

function newMarker(line: string, file: SourceFile, findings: readonly Finding[], meta: RuleMeta): string {
  const indent = /^\s*/.exec(line)![0];
  return [`${indent}# expect-next-line:`, ...findings.map((finding) => describe(file, finding, meta))].join(' ');
}

function describe(file: SourceFile, { messageId, place, severity, confidence }: Finding, meta: RuleMeta): string {
  const start = file.positionAt(place.start);
  const end = file.positionAt(place.end);
  const further = end.line - start.line;
  const to = place.start === place.end ? '' : `-${further > 0 ? `+${further}:` : ''}${end.column}`;
  return [
    `${messageId}@${start.column}${to}`,
    ...(severity === meta.severity ? [] : [`!${severity}`]),
    ...(confidence === meta.confidence ? [] : [`~${confidence}`]),
  ].join(' ');
}

function byPlace(a: Finding, b: Finding): number {
  return a.place.start - b.place.start || (a.messageId < b.messageId ? -1 : 1);
}
