/** Requests that hold values that are not known. */
import type { FileLookup, Outcome, Trace, TraceRequest, TracedHeader } from '../model/trace.ts';
import type { Tracer } from '../servers/server.ts';
import type { Member } from './topology.ts';

/** In the place of a value that is not known. */
export const notKnown = '(not known)';
/** Another one, to see whether the answer depends on it. */
const other = '192.0.2.254';

/** What a server says about a request that may hold {@link notKnown}: whatever depends on that is not known either. */
export function traceMarked(tracer: Tracer, subject: Member, request: TraceRequest, lookup: FileLookup): Trace {
  const trace = tracer(subject, request, lookup);
  const marked = request.headers.filter(([, value]) => value.includes(notKnown));
  if (marked.length === 0) return trace;
  const headers = request.headers.map(([name, value]) => [name, value.replaceAll(notKnown, other)] as const);
  const again = tracer(subject, { ...request, headers }, lookup);
  const names = marked.map(([name]) => name).join(', ');
  const isSame = textOf(trace, notKnown) === textOf(again, other);
  const outcome: Outcome = isSame
    ? withoutMarks(trace.outcome, names)
    : { kind: 'unknown', reason: `It depends on the value of ${names}, which is not known.` };
  return { ...trace, outcome, responseHeaders: clear(trace.responseHeaders) };
}

function textOf({ outcome, virtualHost, location }: Trace, mark: string): string {
  const parts = [virtualHost?.text, location?.text, outcome];
  const isPlace = (value: unknown): boolean => typeof value === 'object' && value !== null && 'start' in value;
  return JSON.stringify(parts, (_, value: unknown) => (isPlace(value) ? undefined : value)).replaceAll(mark, '');
}

function withoutMarks(outcome: Outcome, names: string): Outcome {
  if (outcome.kind === 'proxy') {
    const rest = { ...outcome, headers: clear(outcome.headers) };
    if (!JSON.stringify([rest.uri, rest.method, rest.backend]).includes(notKnown)) return rest;
  } else if (outcome.kind !== 'response' || !`${outcome.location} ${outcome.body}`.includes(notKnown)) return outcome;
  return { kind: 'unknown', reason: `It holds the value of ${names}, which is not known.` };
}

function clear(headers: readonly TracedHeader[]): TracedHeader[] {
  return headers.map((header) => (header.value?.includes(notKnown) ? { ...header, value: undefined } : header));
}
