/** Headers by name, given in lower case: of the request that a client sends, and of what a trace tells. */
import type { TracedHeader, TraceRequest } from './trace.ts';

/** The values of all headers of the name, in the order sent. */
export function headerValues(headers: TraceRequest['headers'], name: string): string[] {
  return headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

/** The first value; undefined: no such header is sent. */
export function headerValue(headers: TraceRequest['headers'], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

export function tracedHeader(headers: readonly TracedHeader[], name: string): TracedHeader | undefined {
  return headers.find((header) => header.name.toLowerCase() === name);
}
