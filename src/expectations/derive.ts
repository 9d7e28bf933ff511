/** What holds today: the expectation that a request and what is done with it fulfil. */
import type { RequestToTrace } from '../lint/request.ts';
import { headerValue } from '../model/headers.ts';
import { defaultPort, hostWithPort } from '../model/scheme.ts';
import type { TracedHeader, TraceRequest } from '../model/trace.ts';
import { toText } from '../text/bytes.ts';
import type { Hop } from '../topology/follow.ts';
import type { Expected, WantedHeaders } from './types.ts';

/** Undefined where it cannot be told. */
export function expectedOf(hop: Hop): Expected | undefined {
  const { outcome, responseHeaders } = hop.trace;
  const added = wantedHeaders(responseHeaders);
  switch (outcome.kind) {
    case 'response': {
      const { status, location } = outcome;
      return { status, ...(location !== undefined && { location: toText(location) }), ...added('responseHeaders') };
    }
    case 'static':
      return {
        file: toText(outcome.file),
        ...(outcome.found !== undefined && { status: outcome.status }),
        ...added('responseHeaders'),
      };
    case 'proxy':
      return {
        backend: outcome.backend.replace(/^[a-z]+:\/\//, ''),
        ...(outcome.protocol !== 'http' && { protocol: outcome.protocol }),
        method: outcome.method,
        path: toText(outcome.uri),
        ...(outcome.upgrade !== undefined && { upgrade: outcome.upgrade }),
        ...withDropped(wantedHeaders(outcome.headers)('backendHeaders'), hop.trace.request, outcome.headers),
        ...added('responseHeaders'),
      };
    case 'tunnel':
      return { backend: outcome.backend, protocol: outcome.transport };
    case 'closed':
      return { denied: true };
    case 'refused':
    case 'unknown':
      return undefined;
  }
}

function withDropped(
  { backendHeaders }: Readonly<Record<string, WantedHeaders>>,
  request: TraceRequest,
  sent: readonly TracedHeader[],
): Readonly<Record<string, WantedHeaders>> {
  const dropped = Object.fromEntries(droppedHeaders(request, sent).map((name) => [name, null]));
  const all = { ...backendHeaders, ...dropped };
  return Object.keys(all).length > 0 ? { backendHeaders: all } : {};
}

/** Of the headers of a request those that the backend does not get, but for those of the connection. */
export function droppedHeaders({ headers }: TraceRequest, sent: readonly TracedHeader[]): readonly string[] {
  const reached = new Set(sent.map(({ name }) => name.toLowerCase()));
  return headers.flatMap(([name]) => (reached.has(name.toLowerCase()) || ofConnection.test(name) ? [] : [name]));
}

const ofConnection = /^(?:host|connection|upgrade|content-length|transfer-encoding|keep-alive|te|expect)$/i;

/** Those that the config sets, and by which the server says who asks for what; with values that can be told. */
function wantedHeaders(headers: readonly TracedHeader[]): (key: string) => Readonly<Record<string, WantedHeaders>> {
  const wanted = new Map<string, string>();
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name, value, origin } of headers) {
    const lower = name.toLowerCase();
    if (seen.has(lower)) repeated.add(lower);
    seen.add(lower);
    const isSet = typeof origin !== 'string' || (origin === 'server' && telling.test(name));
    if (isSet && value !== undefined) wanted.set(name, toText(value));
  }
  for (const name of wanted.keys()) if (repeated.has(name.toLowerCase())) wanted.delete(name);
  return (key) => (wanted.size > 0 ? { [key]: Object.fromEntries(wanted) } : {});
}

const telling = /^(?:host|x-forwarded-(?:host|server|proto))$/i;

/** As a user would write it; undefined for what cannot be written. `withAddresses`: also who asks, and where the connection goes to. */
export function writtenRequest(
  request: TraceRequest,
  withAddresses: 'none' | 'client' | 'all',
): RequestToTrace | undefined {
  const { protocol, scheme, host, port, target, method, headers, from, to, bodySize, alpn, proxyHeader, firstBytes } =
    request;
  if (proxyHeader || to?.startsWith('unix:') || !/^[\x21-\x7e]*$/.test(target)) return undefined;
  const isSocket = protocol === undefined && headerValue(headers, 'upgrade') === 'websocket';
  const typed = protocol ?? (isSocket ? (scheme === 'https' ? 'wss' : 'ws') : scheme);
  const usualPort = protocol === undefined ? defaultPort(scheme) : 443;
  const authority = port === usualPort ? host : `${host}:${port}`;
  const implied = new Set(isSocket ? ['upgrade', 'connection', 'sec-websocket-version'] : []);
  const usualHost = hostWithPort(scheme, host, port);
  const kept = headers.filter(
    ([name, value]) =>
      !implied.has(name.toLowerCase()) && !(name.toLowerCase() === 'host' && toText(value) === usualHost),
  );
  return {
    url: `${typed}://${authority}${protocol === undefined ? target : ''}`,
    ...(method !== 'GET' && method !== '' && { method }),
    ...(kept.length > 0 && { headers: kept.map(([name, value]) => `${name}: ${toText(value)}`) }),
    ...(withAddresses !== 'none' && from !== undefined && { from }),
    ...(withAddresses === 'all' && to !== undefined && { to }),
    ...(bodySize > 0 && { bodySize }),
    ...(alpn && { alpn }),
    ...(firstBytes !== undefined && { send: escaped(firstBytes) }),
  };
}

/** As `send` is read. */
function escaped(bytes: string): string {
  return bytes.replace(
    /[^\x20-\x5b\x5d-\x7e]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
