/** Which server set, overwrote or lost each header on the way. */
import type { Place } from '../text/source.ts';
import type { Hop } from './follow.ts';
import type { Member } from './topology.ts';

export interface HeaderEvent {
  readonly member: Member;
  readonly does: 'set' | 'overwrote' | 'added to' | 'dropped';
  /** What is sent on; undefined: not known, or nothing. */
  readonly value: string | undefined;
  readonly origin: Place | 'client' | 'server';
}

export interface HeaderHistory {
  readonly name: string;
  /** What the client sent; undefined: no such header. */
  readonly sent: string | undefined;
  /** By each server that changed it, in order. */
  readonly events: readonly HeaderEvent[];
  /** What the last one sends; undefined: not known. */
  readonly value: string | undefined;
  /** Whether the last one sends it. */
  readonly arrives: boolean;
}

/** What belongs to a single connection. */
const perConnection: ReadonlySet<string> = new Set(['connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/** Of all headers that a server on the way sends, or drops. */
export function headerHistories(first: Hop): readonly HeaderHistory[] {
  const histories = new Map<
    string,
    { name: string; sent?: string; value: string | undefined; arrives: boolean; events: HeaderEvent[] }
  >();
  for (const [name, value] of first.trace.request.headers)
    histories.set(name.toLowerCase(), { name, sent: value, value, arrives: true, events: [] });
  for (let hop: Hop | undefined = first; hop; hop = hop.next) {
    const { member, trace } = hop;
    if (trace.outcome.kind !== 'proxy' || trace.outcome.httpVersion === '') continue;
    const arrived = new Set<string>();
    for (const { name, value, origin } of trace.outcome.headers) {
      const key = name.toLowerCase();
      arrived.add(key);
      const known = histories.get(key);
      if (!known) {
        histories.set(key, { name, value, arrives: true, events: [{ member, does: 'set', value, origin }] });
        continue;
      }
      if (known.arrives && value !== undefined && value === known.value) continue;
      if (known.arrives && value === undefined && origin === 'client') continue;
      const does = !known.arrives ? 'set' : isAddition(value, known.value) ? 'added to' : 'overwrote';
      known.events.push({ member, does, value, origin });
      Object.assign(known, { value, arrives: true });
    }
    for (const [key, known] of histories) {
      if (arrived.has(key) || !known.arrives) continue;
      known.events.push({ member, does: 'dropped', value: undefined, origin: 'server' });
      Object.assign(known, { value: undefined, arrives: false });
    }
  }
  return [...histories]
    .filter(([key]) => !perConnection.has(key))
    .map(([, { name, sent, value, arrives, events }]) => ({ name, sent, value, arrives, events }));
}

function isAddition(value: string | undefined, before: string | undefined): boolean {
  return value !== undefined && before !== undefined && value.startsWith(`${before},`);
}
