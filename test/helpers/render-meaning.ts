/** What a server's room says of a config, as lines: readable in short, with digests of the rest, so that a difference names its part. */
import { createHash } from 'node:crypto';

import type { Backend, Handler, Listener, Model, Route, Scope, VirtualHost } from '../../src/model/model.ts';
import type { Trace } from '../../src/model/trace.ts';
import type { RepresentativeRequest } from '../../src/requests/representative-request.ts';
import { outcomeText } from './outcome-text.ts';

type Fields = Readonly<Record<string, unknown>>;

const isDirective = (value: Fields): boolean => 'nameWord' in value || ('args' in value && 'name' in value);
const isPlace = (value: Fields): boolean => 'file' in value && 'start' in value;
const isScope = (value: Fields): boolean => 'effective' in value && 'keys' in value;
const isHost = (value: Fields): boolean => 'names' in value && 'overTls' in value;

/** Of anything, with what stands in the text as its place. */
function plain(value: unknown, seen: ReadonlySet<object> = new Set()): unknown {
  if (typeof value === 'symbol') return value.description;
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return 'around';
  const inner = new Set([...seen, value]);
  if (value instanceof Map || value instanceof Set || Array.isArray(value))
    return [...(value as Iterable<unknown>)].map((each) => plain(each, inner));
  const fields = value as Fields;
  if (isDirective(fields) || isPlace(fields)) return [fields['name'], fields['text'], fields['start'], fields['end']];
  if (isScope(fields)) return plainScope(value as Scope);
  if (isHost(fields)) return nameOf(value as VirtualHost);
  return Object.entries(fields).map(([key, each]) => [key, plain(each, inner)]);
}

/** All that is in force on a level. */
function plainScope(scope: Scope): unknown {
  return [...scope.keys()].sort().map((key) => [key, scope.certainty(key), plain(scope.effective(key))]);
}

export function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(plain(value)) ?? '')
    .digest('hex')
    .slice(0, 4);
}

function nameOf({ names, directive }: VirtualHost): string {
  return `${directive?.start ?? 'main'}:${names.map(({ text }) => text).join(',')}`;
}

function text(value: unknown): string {
  return String(typeof value === 'symbol' ? value.description : value);
}

function listenerLine(listener: Listener): string {
  const flags = (['tls', 'http2', 'http3', 'proxyProtocol'] as const).filter((flag) => listener[flag]);
  const words = [`${listener.address}:${text(listener.port)}`, ...flags, `default ${nameOf(listener.defaultHost)}`];
  return `  listener ${words.join(' ')} #${digest(listener)}`;
}

function handlerText(handler: Handler): string {
  switch (handler.kind) {
    case 'proxy':
      return `${handler.protocol} to ${text(handler.target.host)} ${text(handler.target.port)} #${digest(handler)}`;
    case 'redirect':
    case 'return':
      return `${handler.kind} ${text(handler.status)} ${handler.to?.value ?? ''}`;
    default:
      return handler.kind;
  }
}

function backendText({ headers, websocket, httpVersion, certainty, ...rest }: Backend): string {
  const version = `HTTP/${text(httpVersion.value)} websocket ${websocket.state} ${certainty}`;
  return ` ${version} headers #${digest(headers)} rest #${digest([websocket, httpVersion, rest])}`;
}

function routeLine({ match, handler, backend, scope, ...rest }: Route): string {
  const { conditions, internal, parent, preemptedBy, directive } = rest;
  const outer = digest([conditions, internal, parent?.directive, preemptedBy, directive, match.caseInsensitive]);
  const levels = `scope #${digest(scope)} rest #${outer}`;
  return `    ${match.kind} ${match.pattern}: ${handlerText(handler)}${backend ? backendText(backend) : ''} ${levels}`;
}

function hostLines(host: VirtualHost): string[] {
  const { names, tls, overTls, scope, routes } = host;
  const protocols = tls.protocols.value;
  const written = Array.isArray(protocols) ? protocols.join(' ') : text(protocols);
  const rest = `names #${digest(names)} tls #${digest(tls)} scope #${digest(scope)}`;
  return [
    `  host ${nameOf(host)} TLS ${text(overTls)} ${text(tls.enabled)} ${written} ${rest}`,
    ...routes.map(routeLine),
  ];
}

export function modelLines({ listeners, virtualHosts, upstreams, outerTls }: Model): string[] {
  return [
    ...listeners.map(listenerLine),
    ...virtualHosts.flatMap(hostLines),
    ...upstreams.map((upstream) => `  upstream ${upstream.name} #${digest(upstream)}`),
    ...outerTls.map((tls) => `  outer TLS #${digest(tls)}`),
  ];
}

/** The answer to a request. */
export function answerText(trace: Trace): string {
  const chosen = digest([trace.listener, trace.virtualHost, trace.location]);
  const parts = [trace.outcome, trace.steps, trace.responseHeaders, trace.unknowns].map(digest).join(' ');
  return `${outcomeText(trace.outcome)} chosen #${chosen} outcome, steps, headers, unknowns #${parts}`;
}

export function requestText({ request, why }: RepresentativeRequest): string {
  const { scheme, method, host, port, target, ...rest } = request;
  return `${method} ${scheme}://${host}:${port}${target} #${digest([rest, why])}`;
}
