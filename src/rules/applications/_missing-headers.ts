/** Headers that an application reads and that the proxy does not set. */
import { headerValue, tracedHeader } from '../../model/headers.ts';
import type { HeadersNeed, HeaderValue } from '../../facts/applications/types.ts';
import type { Arrival } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { receivesOrLost, tellsAddress, tellsScheme } from '../_shared/client-told.ts';

/** Whether the application misses it, and no rule about all backends says so. `name`: a key of the item, other than `Host`. */
export function isMissing({ base }: Site, need: HeadersNeed, arrival: Arrival, name: string): boolean {
  const { route, outcome, request } = arrival;
  const value = need.values[name]!;
  if (value === 'absent' || value === 'backend') return false;
  if (need.bySetting || route.backend.certainty === 'unread' || (value === 'prefix' && base === '')) return false;
  const names = alternatives(need, name);
  const arrives = (each: string): boolean => tracedHeader(outcome.headers, each.toLowerCase()) !== undefined;
  // What an inner level lost is a finding of its own.
  // Of two headers of an item that do as well as each other, the better one is told.
  if (names.some((each) => each !== name && need.values[each] !== undefined && !isAddress(value))) return false;
  if (names[0] !== name || names.some(arrives) || receivesOrLost(route, [name.toLowerCase()])) return false;
  if (isAddress(value) && !tellsAddress(route)) return false;
  if (value === 'scheme' && !tellsScheme(route)) return false;
  if (name !== 'X-Forwarded-Host') return true;
  // Where the client's name arrives in Host, that does unless the item is about this header alone.
  if (need.values['Host'] !== undefined) return false;
  const host = tracedHeader(outcome.headers, 'host');
  const isTold =
    host !== undefined && (host.value === undefined || host.value === headerValue(request.headers, 'host'));
  return !isTold || Object.keys(need.values).length === 1;
}

/** One of the headers that say where the client is will do. */
function alternatives({ values, orBy = {} }: HeadersNeed, name: string): readonly string[] {
  const same = isAddress(values[name]!) ? Object.keys(values).filter((each) => isAddress(values[each]!)) : [name];
  return [...same, ...(orBy[name] ?? [])];
}

function isAddress(value: HeaderValue): boolean {
  return value === 'client-ip' || value === 'append-ip';
}
