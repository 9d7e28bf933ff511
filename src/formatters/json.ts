import type { Failure } from '../lint/failure.ts';
import type { Finding } from '../rules/finding.ts';
import type { Notice } from '../text/budget.ts';
import type { Place } from '../text/source.ts';
import { escapeJson } from './escape.ts';
import { fingerprint } from './fingerprint.ts';
import { countOmitted } from './limit-findings.ts';
import {
  countBySeverity,
  editedOffset,
  locate,
  locateInDump,
  nameOf,
  type Report,
  type ReportShard,
} from './report.ts';

/** JSON, schema version 1: keys may be added, never changed. */
export function formatJson(report: Report): string {
  const { failures = [], notices = [], configs = [] } = report;
  const prints = new Map<string, number>();
  const document = {
    schemaVersion: 1,
    tool: { name: 'proxylint', version: report.version },
    summary: {
      files: report.files,
      ...countBySeverity(report),
      suppressed: report.suppressed,
      ...(report.fixed && { fixed: report.fixed.findings }),
      partial: report.partial.length,
      failures: failures.length,
      notLinted: report.notLinted ?? 0,
      omitted: countOmitted(report),
      ...(report.baseline && { baseline: { known: report.baseline.known, gone: report.baseline.gone } }),
      ...(report.unchanged !== undefined && { unchanged: report.unchanged }),
      ...(report.hidden !== undefined && { hidden: report.hidden }),
    },
    findings: report.findings.map((finding) => toJson(finding, prints)),
    omitted: report.omitted ?? [],
    failures: failures.map((failure) => failureToJson(failure, report.debug === true)),
    notices: notices.map(noticeToJson),
    configs: configs.map(({ path, ...effect }) => ({ file: path, ...effect })),
    ...(report.timings && { timings: report.timings }),
    ...(report.shard && { shard: shardToJson(report.shard, report.partial) }),
  };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

function noticeToJson({ kind, path, message, place }: Notice): object {
  return { kind, path, message, ...(place && { file: locate(place).file, ...range(place) }) };
}

function shardToJson({ index, count, files }: ReportShard, partial: Report['partial']): object {
  return { index, count, files: files.map(nameOf), partial: partial.map(nameOf) };
}

function toJson(finding: Finding, prints: Map<string, number>): object {
  const dump = locateInDump(finding.place);
  return {
    rule: finding.rule,
    messageId: finding.messageId,
    category: finding.category,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    why: finding.why,
    how: finding.how,
    url: finding.url,
    file: locate(finding.place).file,
    dialect: finding.dialect,
    ...range(finding.place),
    ...(dump && { outer: { file: dump.file, ...dump.start } }),
    related: finding.related.map(({ place, message }) => ({ file: locate(place).file, ...range(place), message })),
    ...(finding.fix && {
      fix: {
        safety: finding.fix.safety,
        title: finding.fix.title,
        edits: finding.fix.edits.map(({ place, text }) => ({
          file: locate(place).file,
          start: editedOffset(place.file, place.start),
          end: editedOffset(place.file, place.end),
          text,
        })),
      },
    }),
    ...(finding.witness !== undefined && { witness: finding.witness }),
    fingerprint: fingerprint(finding, prints),
  };
}

function failureToJson({ rules, file, place, dialect, message, stack }: Failure, debug: boolean): object {
  return {
    rules,
    message,
    file: place ? locate(place).file : (file.outer?.path ?? file.path),
    ...(place && range(place)),
    ...(dialect && { dialect }),
    ...(debug && stack !== undefined && { stack }),
  };
}

function range(place: Place): object {
  const { start, end } = locate(place);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
