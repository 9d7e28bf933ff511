/** `proxylint test --format json`, version 1: stable, additions only. See docs/testing.md. */
import { hopToJson } from '../json-trace.ts';
import { escapeJson } from '../escape.ts';
import { locate } from '../report.ts';
import type { Played } from '../../expectations/run.ts';
import { countByVerdict, type TestReport } from './report.ts';

export function formatTestsAsJson({ version, files }: TestReport): string {
  const document = {
    schemaVersion: 1,
    tool: { name: 'proxylint', version },
    counts: countByVerdict(files),
    files: files.map(({ path, played, coverage }) => ({
      file: path,
      tests: played.map(playedToJson),
      coverage: coverage
        ? {
            reached: coverage.reached,
            all: coverage.all,
            unreached: coverage.unreached.map(({ host, match, action, place }) => ({
              host,
              match,
              action,
              ...at(place),
            })),
          }
        : null,
    })),
  };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

function playedToJson({ name, at: position, request, verdict, checks, hop, problem }: Played): object {
  return {
    name,
    line: position.line,
    column: position.column,
    url: request?.url ?? null,
    method: request ? (request.method ?? 'GET') : null,
    verdict,
    problem: problem ?? null,
    checks: checks.map(({ key, verdict: own, wanted, actual, place }) => ({
      key,
      verdict: own,
      wanted,
      actual,
      ...(place && at(place)),
    })),
    trace: hop ? hopToJson(hop) : null,
  };
}

function at(place: Parameters<typeof locate>[0]): object {
  const { file, start } = locate(place);
  return { file, line: start.line, column: start.column };
}
