/** `proxylint trace --format json`, version 1: stable, additions only. See docs/trace.md. */
import type { Place } from '../text/source.ts';
import { toText } from '../text/bytes.ts';
import type { Chosen, Outcome, Trace, TracedHeader } from '../model/trace.ts';
import { escapeJson } from './escape.ts';
import { locate } from './report.ts';
import { urlOf } from './trace-text.ts';

export function formatTracesAsJson(traces: readonly Trace[], version: string): string {
  const document = { schemaVersion: 1, tool: { name: 'proxylint', version }, traces: traces.map(traceToJson) };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

function traceToJson(trace: Trace): object {
  const { request } = trace;
  return {
    request: {
      method: request.method,
      url: toText(urlOf(request)),
      headers: request.headers.map(([name, value]) => ({ name, value: toText(value) })),
      from: request.from ?? null,
      to: request.to ?? null,
      bodySize: request.bodySize,
    },
    listener: trace.listener ?? null,
    virtualHost: trace.virtualHost ? chosenToJson(trace.virtualHost) : null,
    steps: trace.steps.map((step) => ({ text: toText(step.text), ...at(step.place) })),
    location: trace.location ? chosenToJson(trace.location) : null,
    outcome: outcomeToJson(trace.outcome),
    responseHeaders: trace.responseHeaders.map(headerToJson),
    unknowns: trace.unknowns,
  };
}

function chosenToJson(chosen: Chosen): object {
  return {
    text: chosen.text,
    reason: chosen.reason,
    ...at(chosen.place),
    candidates: chosen.candidates.map((candidate) => ({
      text: candidate.text,
      reason: candidate.reason,
      ...at(candidate.place),
    })),
  };
}

function outcomeToJson(outcome: Outcome): object {
  if (outcome.kind === 'response') {
    return { ...outcome, location: text(outcome.location), body: text(outcome.body) };
  }
  if (outcome.kind === 'tunnel') return { ...outcome, proxyProtocol: outcome.proxyProtocol ?? null };
  if (outcome.kind !== 'proxy') return outcome;
  return {
    ...outcome,
    uri: toText(outcome.uri),
    headers: outcome.headers.map(headerToJson),
    lost: outcome.lost.map(({ name, place }) => ({ name, ...at(place) })),
    upgrade: outcome.upgrade ?? null,
  };
}

function headerToJson(header: TracedHeader): object {
  const origin =
    typeof header.origin === 'string' ? { origin: header.origin } : { origin: 'config', ...at(header.origin) };
  return { name: header.name, value: text(header.value), ...origin };
}

const text = (bytes: string | undefined): string | null => (bytes === undefined ? null : toText(bytes));

function at(place: Place | undefined): object {
  if (!place) return {};
  const { file, start } = locate(place);
  return { file, line: start.line, column: start.column };
}
