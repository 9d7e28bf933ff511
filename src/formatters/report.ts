import type { ConfigEffect } from '../config/effect.ts';
import type { Failure } from '../lint/failure.ts';
import type { TimingsReport } from '../lint/timings.ts';
import type { ConfigOverview } from '../model/overview.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import type { Notice } from '../text/budget.ts';
import { isEditedOutside, placeInOuter, type Place, type Position, type SourceFile } from '../text/source.ts';
import type { Rule } from '../rules/define-rule.ts';

/** Findings of one kind in one file that are counted, not printed. */
export interface Omitted {
  readonly file: string;
  readonly rule: string;
  readonly messageId: string;
  readonly severity: Severity;
  readonly count: number;
}

export interface ReportShard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
  readonly files: readonly SourceFile[];
}

/** What a formatter turns into text: all that one run found. */
export interface Report {
  readonly version: string;
  readonly findings: readonly Finding[];
  /** How many files were read. */
  readonly files: number;
  readonly suppressed: number;
  /** The files that were read, those of documents and dumps by themselves; left out: nobody asks. */
  readonly sources?: readonly SourceFile[];
  /** What the configs serve; left out: nobody asks. */
  readonly overviews?: readonly ConfigOverview[];
  /** What took the time; left out: nobody asks. */
  readonly timings?: TimingsReport;
  /** How many findings the baseline knows, and how many of its entries are found no more. */
  readonly baseline?: { readonly path: string; readonly known: number; readonly gone: number };
  /** How many findings are left out of `findings`, as no change concerns them. */
  readonly unchanged?: number;
  /** What was fixed before, where fixing was asked for. */
  readonly fixed?: { readonly findings: number; readonly files: number };
  /** Files that could be read only in part. */
  readonly partial: readonly SourceFile[];
  /** What was not read, and why. */
  readonly notices?: readonly Notice[];
  /** How many of the inputs were not linted, of which a notice tells. */
  readonly notLinted?: number;
  /** Which part of a run this is, and what `merge` has to know of it. */
  readonly shard?: ReportShard;
  /** Findings that are counted only, see `limitFindings`. */
  readonly omitted?: readonly Omitted[];
  /** The catalogue, for formats that carry rule metadata. */
  readonly rules: readonly Rule[];
  readonly failures?: readonly Failure[];
  /** What the config files take away. */
  readonly configs?: readonly ConfigEffect[];
  /** How many findings are left out of `findings`, being no errors. */
  readonly hidden?: number;
  /** What the program runs on, for reports of failures, as in `Node 22.1.0 on linux`. */
  readonly runtime?: string;
  /** True: the stacks of failures are shown. */
  readonly debug?: boolean;
}

/** The name of a file in lists: a file of a dump is not the one on the disk. */
export function nameOf({ path, outer }: SourceFile): string {
  return outer?.kind === 'dump' ? `${outer.path}#${path}` : (outer?.path ?? path);
}

export interface FormatOptions {
  readonly color: boolean;
  /** Columns of the terminal that shows it; left out: lines may be of any length. */
  readonly width?: number | undefined;
  /** The working directory as seen from the root of its repository, `sub/` or empty: some formats name files from there. */
  readonly prefix?: string | undefined;
  /** True: only what is found, without code and reasons. */
  readonly compact?: boolean | undefined;
}

export type Formatter = (report: Report, options: FormatOptions) => string | Promise<string>;

/** A place as it is shown: in the document for a block of a document, in the inner file for a dump. */
export interface Location {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

export function locate(place: Place): Location {
  const { file } = place;
  if (!isEditedOutside(file.outer))
    return { file: file.path, start: file.positionAt(place.start), end: file.positionAt(place.end) };
  const { file: outer, start, end } = placeInOuter(place);
  return { file: outer.path, start: outer.positionAt(start), end: outer.positionAt(end) };
}

/** The place in the dump around a file; undefined elsewhere. */
export function locateInDump(place: Place): { readonly file: string; readonly start: Position } | undefined {
  const { outer } = place.file;
  if (outer?.kind !== 'dump') return undefined;
  return { file: outer.path, start: place.file.outerPositionAt(place.start)! };
}

/** Offset in the text that the user edits: that of the document for a block of a document. */
export function editedOffset(file: SourceFile, offset: number): number {
  return isEditedOutside(file.outer) ? file.outerSpanOf({ start: offset, end: offset }).start : offset;
}

/** All that was found, also what is not printed. */
export function countBySeverity({ findings, omitted = [] }: Report): {
  errors: number;
  warnings: number;
  infos: number;
} {
  const count = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) count[finding.severity]++;
  for (const { severity, count: more } of omitted) count[severity] += more;
  return { errors: count.error, warnings: count.warning, infos: count.info };
}

/** By file, line, column and rule as they are shown; what is found twice at one place is shown once. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const keyed = findings.map((finding) => ({ finding, ...locate(finding.place) }));
  keyed.sort(compareLocated);
  const seen = new Set<string>();
  return keyed.flatMap((each, index) => {
    // What stands alone at its place needs no key.
    const isAlone = [keyed[index - 1], keyed[index + 1]].every((other) => !other || compareLocated(other, each) !== 0);
    if (isAlone) return [each.finding];
    const { finding, file, start, end } = each;
    const key = [file, start.line, start.column, end.line, end.column, finding.rule, finding.message].join('\0');
    return seen.has(key) ? [] : (seen.add(key), [finding]);
  });
}

interface Located extends ReturnType<typeof locate> {
  readonly finding: Finding;
}

function compareLocated(a: Located, b: Located): number {
  return (
    compareText(a.file, b.file) ||
    a.start.line - b.start.line ||
    a.start.column - b.start.column ||
    compareText(a.finding.rule, b.finding.rule)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
