/** Compares what `trace` says with what the running server did. */
import type { Trace, TracedHeader } from '../../../src/model/trace.ts';
import { toText } from '../../../src/text/bytes.ts';
import type { Answer } from './client.ts';
import type { Echoed } from './echoed.ts';

export type Comparison =
  | { readonly kind: 'agree' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'differ'; readonly what: string };

const differ = (what: string): Comparison => ({ kind: 'differ', what });

export function compare(trace: Trace, answer: Answer): Comparison {
  const { outcome } = trace;
  switch (outcome.kind) {
    case 'unknown':
      return { kind: 'unknown', reason: outcome.reason };
    case 'refused':
      return answer.refused ? { kind: 'agree' } : differ(`traced a refused connection, got ${answer.status}`);
    case 'closed':
      return answer.status === undefined && !answer.refused
        ? { kind: 'agree' }
        : differ(`traced a closed connection, got ${answer.status}`);
    case 'static':
      if (outcome.found === undefined) return { kind: 'unknown', reason: 'files' };
      return answer.status === outcome.status
        ? { kind: 'agree' }
        : differ(`traced the file ${outcome.file} with ${outcome.status}, got ${answer.status}`);
    case 'response': {
      if (outcome.status !== answer.status) return differ(`traced ${outcome.status}, got ${answer.status}`);
      const location = headerOf(answer.headers, 'location');
      if (outcome.location !== location) return differ(`traced Location ${outcome.location}, got ${location}`);
      const comparesBody = outcome.body !== undefined && trace.request.method !== 'HEAD' && outcome.status !== 204;
      if (comparesBody && outcome.body !== answer.body)
        return differ(`traced body ${outcome.body}, got ${answer.body}`);
      return compareResponseHeaders(trace, answer);
    }
    case 'tunnel':
      return differ(`traced a tunnel to ${outcome.backend}`);
    case 'proxy':
      return compareProxy(trace, outcome, answer);
  }
}

/** An answer out of memcached has no headers of its own. */
const reachesBackend = ({ headers, body }: Answer): boolean =>
  headerOf(headers, 'x-echo') !== undefined || body.endsWith('"protocol":"memcached"}');

type ProxyOutcome = Extract<Trace['outcome'], { kind: 'proxy' }>;

/** What the backend received, alone. */
export function compareEchoed(outcome: ProxyOutcome, answer: Answer): Comparison {
  const reached = reachesBackend(answer);
  if (!reached) return differ(`traced a proxied request, got ${answer.status} without the backend`);
  const echoed = JSON.parse(Buffer.from(answer.body, 'latin1').toString('utf8')) as Echoed;
  if (echoed.protocol !== undefined || !overHttp.has(outcome.protocol)) return compareGateway(outcome, echoed);
  if (outcome.method !== echoed.method) return differ(`traced method ${outcome.method}, backend got ${echoed.method}`);
  if (outcome.uri !== echoed.uri) return differ(`traced URI ${outcome.uri}, backend got ${echoed.uri}`);
  if (outcome.httpVersion !== echoed.version)
    return differ(`traced HTTP/${outcome.httpVersion}, backend got ${echoed.version}`);
  const difference = headerDifference(outcome.headers, echoed.headers);
  return difference === undefined ? { kind: 'agree' } : differ(difference);
}

const overHttp = new Set(['http', 'https', 'ws', 'wss', 'h2', 'h2c']);

/** Of what gateways are told, that which has a name of its own there. */
function compareGateway(outcome: ProxyOutcome, { protocol, method, uri }: Echoed): Comparison {
  const traced = outcome.protocol === 'fcgi' ? 'fastcgi' : outcome.protocol;
  if (traced !== protocol) return differ(`traced ${traced}, the backend was spoken to by ${protocol ?? 'http'}`);
  if (method !== '' && method !== outcome.method)
    return differ(`traced method ${outcome.method}, backend got ${method}`);
  return uri === '' || uri === outcome.uri
    ? { kind: 'agree' }
    : differ(`traced URI ${outcome.uri}, backend got ${uri}`);
}

function compareProxy(trace: Trace, outcome: ProxyOutcome, answer: Answer): Comparison {
  // Without a body nothing tells an answer out of memcached from another one.
  if (trace.request.method === 'HEAD' && outcome.protocol === 'memcached' && answer.status === 200)
    return compareResponseHeaders(trace, answer);
  const reached = reachesBackend(answer);
  if (!reached) return differ(`traced a proxied request, got ${answer.status} without the backend`);
  // httpd cuts a range out of the backend's answer.
  if (trace.request.method === 'HEAD' || answer.status === 206) return compareResponseHeaders(trace, answer);
  const received = compareEchoed(outcome, answer);
  return received.kind === 'agree' ? compareResponseHeaders(trace, answer) : received;
}

/** What belongs to the connection or the body. */
const ignored = new Set(['content-length', 'transfer-encoding']);

function headerDifference(traced: readonly TracedHeader[], got: Echoed['headers']): string | undefined {
  const expected = traced.map(({ name, value }) => `${name.toLowerCase()}: ${value?.trim() ?? '?'}`).sort();
  const actual = got
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .filter((line) => !ignored.has(line.split(':')[0]!));
  const missing = expected.filter((line) => !actual.includes(line) && !line.endsWith(': ?'));
  const extra = actual.filter((line) => !expected.includes(line) && !expected.includes(`${line.split(':')[0]}: ?`));
  if (missing.length === 0 && extra.length === 0) return undefined;
  return `headers at the backend: traced but not sent [${missing.join(' | ')}], sent but not traced [${extra.join(' | ')}]`;
}

function compareResponseHeaders(trace: Trace, answer: Answer): Comparison {
  const open = new Set<string>();
  const own = new Set<string>();
  for (const { name, value } of trace.responseHeaders) (value === undefined ? open : own).add(name.toLowerCase());
  const expected = trace.responseHeaders
    .filter(({ name }) => !open.has(name.toLowerCase()))
    .map(({ name, value }) => `${name.toLowerCase()}: ${value?.trim()}`)
    .sort();
  const actual = answer.headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !open.has(name) && !ofServer.has(name) && (/^x-(?!echo)/.test(name) || own.has(name)))
    .map((header) => header.join(': '))
    .sort();
  const same = expected.filter((line) => !ofServer.has(line.split(':')[0]!)).join('\n') === actual.join('\n');
  return same
    ? { kind: 'agree' }
    : differ(`response headers: traced [${expected.join(' | ')}], got [${actual.join(' | ')}]`);
}

/** Written by the servers themselves, too. */
const ofServer = new Set(['cache-control', 'connection', 'content-type', 'date', 'server', 'vary', 'upgrade']);

function headerOf(headers: Answer['headers'], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

export function describe(trace: Trace): string {
  const { method, scheme, host, port, to, target, headers } = trace.request;
  return toText(
    `${method} ${scheme}://${host}:${port}${target} to ${to} ${headers.map((header) => header.join(': ')).join('; ')}`,
  );
}
