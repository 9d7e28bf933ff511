/** Where redirects lead, from request to request. */
import { toBytes } from '../../text/bytes.ts';
import type { Listener, Model, VirtualHost } from '../../model/model.ts';
import type { Trace } from '../../model/trace.ts';
import { selectHost } from '../../servers/nginx/meaning/hosts.ts';
import { samplePath } from '../../regex/sample.ts';
import type { Place } from '../../text/source.ts';
import { UnknownAnswer } from '../../model/unknown.ts';
import type { RequestLine } from '../../requests/request-to.ts';
import { effectivePort, readUrl } from '../../model/url.ts';
import { hostWithPort } from '../../model/scheme.ts';

const maxPaths = 20;

export interface Redirect {
  readonly at: Place;
  readonly to: string;
}

/** By a directive, not that of a directory without its slash, and for every client: a cookie may end what its absence began. */
export function redirectOf({ outcome, steps }: Trace): Redirect | undefined {
  if (steps.some(({ does, text }) => does === 'condition' && !holdsForAll(text))) return undefined;
  const at = steps.findLast(({ does }) => does === 'redirect')?.place;
  return outcome.kind === 'response' && outcome.location !== undefined && at ? { at, to: outcome.location } : undefined;
}

/** The same of httpd, of which the directive that decides is told; its conditions are no steps. */
export function apacheRedirectOf({ outcome, location }: Trace): Redirect | undefined {
  const at = location?.place;
  return outcome.kind === 'response' && outcome.location !== undefined && at ? { at, to: outcome.location } : undefined;
}

/** Whether a condition reads nothing that clients, or proxies in front, send besides the URL. */
function holdsForAll(condition: string): boolean {
  return [...condition.matchAll(/\$\{?(\w+)/g)].every(([, name]) => urlVariables.has(name!));
}

const urlVariables: ReadonlySet<string> = new Set([
  'args',
  'document_uri',
  'host',
  'http_host',
  'https',
  'is_args',
  'query_string',
  'request_method',
  'request_uri',
  'scheme',
  'server_name',
  'server_port',
  'uri',
]);

/** Whether a server that is seen takes the request. */
export function isAnswered(model: Model, { host, port, scheme }: RequestLine, complete: boolean): boolean {
  const onPort = model.listeners.filter((listener) => listener.port === port && !listener.http3);
  const [listener] = onPort;
  if (!listener || onPort.length > 1 || listener.tls !== (scheme === 'https')) return false;
  return complete || isNamed(model, listener, host);
}

/** Whether a server is chosen for its name. */
function isNamed({ dialect }: Model, listener: Listener, host: string): boolean {
  if (dialect === 'apache')
    return listener.virtualHosts.some(({ names }) =>
      names.some(({ kind, text }) => kind === 'exact' && text.toLowerCase() === host),
    );
  try {
    return selectHost(listener, host).name !== undefined;
  } catch (error) {
    if (error instanceof UnknownAnswer) return false;
    throw error;
  }
}

export function targetOf(to: string, from: RequestLine): RequestLine | undefined {
  const url = readUrl(to);
  const path = url.path.text.replace(/\/{2,}/g, '/') || '/';
  // Dots and escapes would be resolved first.
  if (to === '' || /%|\/\.\.?(?:\/|$)/.test(path) || path.length > 2000) return undefined;
  const scheme = url.scheme?.text;
  if (scheme === undefined) return url.authority.text === '' ? { ...from, path } : undefined;
  const port = effectivePort(url);
  if ((scheme !== 'http' && scheme !== 'https') || url.host.text === '' || port === undefined) return undefined;
  return { scheme, host: url.host.text.toLowerCase(), port, path };
}

/** A path for each place that redirects. */
export function pathsOf({ routes, scope }: VirtualHost): string[] {
  const paths = new Set<string>();
  for (const { directive, handler, match: own, parent } of routes) {
    if (handler.kind !== 'redirect') continue;
    const match = directive.key === 'if' ? parent?.match : own;
    const path = match?.kind === 'regex' ? samplePath(match.pattern) : match?.pattern || '/';
    if (path !== undefined && /^\/[\w./~-]*$/.test(path) && paths.size < maxPaths) paths.add(toBytes(path));
  }
  if (scope.own('rewrite').length > 0) paths.add('/');
  return [...paths];
}

/** A name by which the server is asked, one of each kind. */
export function hostNames({ names }: VirtualHost): string[] {
  const exact = names.filter(({ kind, text }) => kind === 'exact' && text !== '' && text !== '_').slice(0, 3);
  const wild = names.find(({ kind }) => kind === 'leading-wildcard');
  const all = exact.map(({ text }) => text.toLowerCase());
  if (wild) all.push(`x${wild.text.toLowerCase().replace(/^\*/, '')}`);
  return all.length > 0 ? all : ['host.example'];
}

export function urlOf({ scheme, host, port, path }: RequestLine): string {
  return `${scheme}://${hostWithPort(scheme, host, port)}${path}`;
}
