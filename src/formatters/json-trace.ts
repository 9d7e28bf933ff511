/** `proxylint trace --format json`, version 1: stable, additions only. See docs/trace.md. */
import type { Place } from '../text/source.ts';
import { toText } from '../text/bytes.ts';
import type { Chosen, Outcome, Peer, Trace, TracedHeader } from '../model/trace.ts';
import type { Hop } from '../topology/follow.ts';
import { headerHistories, type HeaderHistory } from '../topology/header-history.ts';
import { escapeJson } from './escape.ts';
import { locate } from './report.ts';
import { urlOf } from './trace-text.ts';

export function formatTracesAsJson(hops: readonly Hop[], version: string): string {
  const traces = hops.map((hop) => ({ ...hopToJson(hop), headers: headerHistories(hop).map(historyToJson) }));
  const document = { schemaVersion: 1, tool: { name: 'proxylint', version }, traces };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

/** The trace, with those of the servers behind in `next`. */
export function hopToJson(first: Hop): object {
  const hops: Hop[] = [];
  for (let hop: Hop | undefined = first; hop; hop = hop.next) hops.push(hop);
  let next: object | null = null;
  for (const { member, trace, alike, stop } of hops.toReversed()) {
    const { dialect, file } = member.config;
    const others = alike.map((hop) => hop.member.config.file.source.path);
    next = { file: file.source.path, dialect, ...traceToJson(trace), next, alike: others, stop: stop ?? null };
  }
  return next!;
}

function historyToJson({ name, sent, value, arrives, events }: HeaderHistory): object {
  return {
    name,
    sent: text(sent),
    value: text(value),
    arrives,
    events: events.map(({ member, does, value: now, origin }) => ({
      server: member.config.file.source.path,
      does,
      value: text(now),
      ...originToJson(origin),
    })),
  };
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
      proxyHeader: request.proxyHeader ? { ...request.proxyHeader, client: request.proxyHeader.client ?? null } : null,
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
  if (outcome.kind === 'tunnel')
    return { ...outcome, proxyProtocol: outcome.proxyProtocol ?? null, peers: outcome.peers.map(peerToJson) };
  if (outcome.kind !== 'proxy') return outcome;
  return {
    ...outcome,
    uri: toText(outcome.uri),
    headers: outcome.headers.map(headerToJson),
    lost: outcome.lost.map(({ name, place }) => ({ name, ...at(place) })),
    upgrade: outcome.upgrade ?? null,
    peers: outcome.peers.map(peerToJson),
  };
}

function peerToJson({ host, port, tls, serverName }: Peer): object {
  return { host, port: port ?? null, tls, serverName: serverName ?? null };
}

function headerToJson(header: TracedHeader): object {
  return { name: header.name, value: text(header.value), ...originToJson(header.origin) };
}

function originToJson(origin: TracedHeader['origin']): object {
  return typeof origin === 'string' ? { origin } : { origin: 'config', ...at(origin) };
}

const text = (bytes: string | undefined): string | null => (bytes === undefined ? null : toText(bytes));

function at(place: Place | undefined): object {
  if (!place) return {};
  const { file, start } = locate(place);
  return { file, line: start.line, column: start.column };
}
