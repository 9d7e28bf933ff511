import type { Edit } from '../text/edit.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import type { Place, Position, SourceFile } from '../text/source.ts';
import { escapeJson } from './escape.ts';
import { remarksOf, type Remark } from './remarks.ts';
import { locate, type Report } from './report.ts';

const severities = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const satisfies Record<Severity, string>;

/** What reviewdog reads, https://github.com/reviewdog/reviewdog/tree/master/proto/rdf */
export function formatRdjson(report: Report): string {
  const document = {
    source: { name: 'proxylint', url: 'https://github.com/proxylint/proxylint' },
    diagnostics: [...report.findings.map(diagnostic), ...remarksOf(report).map(remarkDiagnostic)],
  };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

function diagnostic(finding: Finding): object {
  const { place, severity, rule, url, message, why, how, related, fix } = finding;
  return {
    message: [message, why, how].join('\n'),
    location: location(place),
    severity: severities[severity],
    code: { value: rule, url },
    ...(related.length > 0 && {
      related_locations: related.map((each) => ({ message: each.message, location: location(each.place) })),
    }),
    // reviewdog offers a suggestion only where it stands in the file of the finding.
    ...(fix && { suggestions: suggestions(fix.edits, locate(place).file) }),
  };
}

function remarkDiagnostic({ kind, severity, file, start, lines }: Remark): object {
  return {
    message: lines.join('\n'),
    location: { path: file, ...(start && { range: { start: { line: start.line } } }) },
    severity: severities[severity],
    code: { value: `(${kind})` },
  };
}

function suggestions(edits: readonly Edit[], file: string): object[] {
  const here = edits.filter((edit) => locate(edit.place).file === file);
  // Each suggestion is applied by itself, so that a fix of several parts is none.
  return here.length === 1 && edits.length === 1 ? here.map(({ place, text }) => ({ range: range(place), text })) : [];
}

function location(place: Place): object {
  return { path: locate(place).file, range: range(place) };
}

function range(place: Place): object {
  const { start, end } = locate(place);
  return { start: inBytes(place.file, place.start, start), end: inBytes(place.file, place.end, end) };
}

const encoder = new TextEncoder();

/** The format counts columns in bytes of UTF-8, from 1. `offset` is the position in the text of the file itself. */
function inBytes(file: SourceFile, offset: number, { line, column }: Position): Position {
  const inFile = file.positionAt(offset);
  const before = file.text.slice(offset - inFile.column + 1, offset);
  // What a document has before the block on the same line is white space.
  return { line, column: column + encoder.encode(before).length - before.length };
}
