/** Requests that clients send to any route. */
import { hostWithPort } from '../model/scheme.ts';
import type { TraceRequest } from '../model/trace.ts';
import type { Variation } from '../model/variation.ts';
import { upgradeHeaders } from './request-to.ts';
import type { RepresentativeRequest, StandsFor } from './representative-request.ts';

/** A client that some other one says to ask for. */
export const toldClient = '192.0.2.33';

/** `variations`: those of the route, of which the names of headers are sent by clients, too. */
export function* usualRequests(
  request: TraceRequest,
  variations: readonly Variation[],
  standsFor: StandsFor,
): Generator<RepresentativeRequest> {
  const headers = (more: TraceRequest['headers']): TraceRequest => ({
    ...request,
    headers: [...request.headers, ...more],
  });
  yield { request: { ...request, target: `${request.target}?a=1&b=%20` }, standsFor, why: 'a query' };
  yield { request: { ...request, method: 'POST', bodySize: 1 }, standsFor, why: 'a request with a body' };
  yield { request: headers(upgradeHeaders()), standsFor, why: 'a WebSocket handshake' };
  yield { request: headers(ofBrowser), standsFor, why: 'headers of a browser' };
  const named = namesIn(variations).map((name) => [name, 'forged'] as const);
  yield { request: headers([...forgedHeaders, ...named]), standsFor, why: 'headers that a client forged' };
  const { scheme, host, port } = request;
  if (hostWithPort(scheme, host, port) === host) return;
  const portless = request.headers.map(([name, value]) =>
    name === 'Host' ? ([name, host] as const) : ([name, value] as const),
  );
  yield { request: { ...request, headers: portless }, standsFor, why: 'a Host header without the port' };
}

/** What backends believe of whoever stands in front of them. */
const forgedHeaders = [
  ['X-Forwarded-For', '192.0.2.66'],
  ['X-Real-IP', '192.0.2.66'],
  ['X-Forwarded-Proto', 'gopher'],
  ['X-Forwarded-Host', 'forged.example'],
  ['X-Forwarded-Port', '6666'],
  ['Forwarded', 'for=192.0.2.66'],
  ['X-Remote-User', 'forged'],
] as const;

const ofBrowser = [
  ['User-Agent', 'Mozilla/5.0'],
  ['Accept', '*/*'],
  ['Accept-Encoding', 'gzip'],
  ['Accept-Language', 'en'],
  ['Cookie', 'a=b'],
  ['Origin', 'https://origin.example'],
  ['Referer', 'https://origin.example/'],
] as const;

/** Those of the connection are no headers of the request, and a password is asked of its own accord. */
const sentOtherwise =
  /^(?:host|connection|upgrade|content-length|transfer-encoding|te|keep-alive|expect|authorization|proxy-.*|range|if-.*)$/;

/** Those that are not forged anyway. */
function namesIn(variations: readonly Variation[]): readonly string[] {
  const names = new Map<string, string>();
  for (const { traits } of variations)
    for (const trait of traits) if (trait.kind === 'own-header') names.set(trait.name.toLowerCase(), trait.name);
  for (const [name] of forgedHeaders) names.delete(name.toLowerCase());
  return [...names].flatMap(([lower, name]) => (sentOtherwise.test(lower) ? [] : [name]));
}
