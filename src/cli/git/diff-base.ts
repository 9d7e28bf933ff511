/** `--diff-base REVISION`: only what a change concerns, by the lines that differ from that revision of the git repository. */
import { resolve } from 'node:path';
import { locate, nameOf, type Report } from '../../formatters/report.ts';
import type { Finding } from '../../rules/finding.ts';
import { loadParser } from '../../servers/index.ts';
import type { Block, Directive } from '../../syntax/tree.ts';
import type { Place, SourceFile } from '../../text/source.ts';
import { changedLines, type ChangedLines, type LineRange } from './changed-lines.ts';
import { canonical } from '../files/real-path.ts';

/**
 * Keeps the findings on changed lines, and those in the virtual hosts, locations outside of one, upstreams and the like that hold a
 * changed line. Throws {@link UsageError} where git cannot tell.
 */
export async function onlyChanged(report: Report, revision: string): Promise<Report> {
  const changed = changedLines(revision);
  const scopes = new Map<SourceFile, Promise<readonly LineRange[]>>();
  const findings: Finding[] = [];
  for (const finding of report.findings) {
    const { file } = finding.place;
    let concerned = scopes.get(file);
    if (!concerned) scopes.set(file, (concerned = concernedLines(finding, changed)));
    const isRelated = finding.related.some(({ place }) => touches(place, changed.get(pathOf(place.file)) ?? []));
    if (isRelated || touches(finding.place, await concerned)) findings.push(finding);
  }
  return { ...report, findings, unchanged: report.findings.length - findings.length };
}

function pathOf(file: SourceFile): string {
  return canonical(resolve(nameOf(file)));
}

/** The changed lines of the file of a finding, and all lines of the units that hold some. */
async function concernedLines(
  { place: { file }, dialect }: Finding,
  changed: ChangedLines,
): Promise<readonly LineRange[]> {
  const lines = changed.get(pathOf(file));
  if (!lines) return [];
  const parse = await loadParser(dialect);
  const units = unitsOf(parse(file).root);
  return [...lines, ...units.map((unit) => rangeOf({ file, ...unit })).filter((range) => meets(range, lines))];
}

/** Blocks that only hold others. In sslh also the lists of what is listened to and where it goes. */
const containers: ReadonlySet<string> = new Set(
  'http stream mail ifmodule ifdefine ifversion ifdirective ifsection iffile if else elseif protocols listen'.split(
    ' ',
  ),
);

/** The outermost blocks that say something of their own: virtual hosts, upstreams; locations and sections outside of a virtual host. */
function unitsOf({ directives }: Block): Directive[] {
  return directives.flatMap((directive) => {
    const { block, key } = directive;
    if (!block) return [];
    return containers.has(key) ? unitsOf(block) : [directive];
  });
}

function touches(place: Place, lines: readonly LineRange[]): boolean {
  return meets(rangeOf(place), lines);
}

function rangeOf(place: Place): LineRange {
  const { start, end } = locate(place);
  return { first: start.line, last: end.line };
}

function meets({ first, last }: LineRange, lines: readonly LineRange[]): boolean {
  return lines.some((each) => each.first <= last && first <= each.last);
}
