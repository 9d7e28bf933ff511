/** The headers with which a request comes to an application. */
import { tracedHeader } from '../../model/headers.ts';
import type { TracedHeader } from '../../model/trace.ts';
import type { Place } from '../../text/source.ts';
import type { Arrival } from '../_shared/applications/probe.ts';

export function headerOf({ outcome }: Arrival, name: string): TracedHeader | undefined {
  return tracedHeader(outcome.headers, name.toLowerCase());
}

export function originOf({ origin }: TracedHeader): Place | undefined {
  return typeof origin === 'string' ? undefined : origin;
}
