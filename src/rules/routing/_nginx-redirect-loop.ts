import { effectivePort, hostWithPort, readUrl } from '../../model/url.ts';
import { toBytes } from '../../text/bytes.ts';
import { unknown, type Listener, type Model, type VirtualHost } from '../../model/model.ts';
import { selectHost } from '../../servers/nginx/meaning/hosts.ts';
import { samplePath } from '../../regex/sample.ts';
import type { Directive } from '../../syntax/tree.ts';
import { UnknownAnswer } from '../../model/unknown.ts';
import { play, type PlayedRequest } from '../../servers/nginx/meaning/rewrites.ts';

/** A redirect that leads back to itself: of which URL, and what it says. */
export interface Loop {
  readonly directive: Directive;
  readonly from: string;
  readonly to: string;
}

/** Asks each place of the host that redirects, by each of its names, and follows the answers. */
export function nginxLoops(host: VirtualHost, model: Model, complete: boolean): Loop[] {
  const paths = pathsOf(host);
  if (paths.length === 0) return [];
  return host.listeners.flatMap((listener) =>
    hostNames(host).flatMap((name) => paths.flatMap((path) => loopOf(startOf(listener, name, path), model, complete))),
  );
}

function startOf(listener: Listener, host: string, path: string): PlayedRequest | undefined {
  if (listener.port === unknown || listener.address.startsWith('unix:')) return undefined;
  return { scheme: listener.tls ? 'https' : 'http', host, port: listener.port, path };
}

function loopOf(start: PlayedRequest | undefined, model: Model, complete: boolean): Loop | [] {
  const loop = start && follow(model, start, complete);
  return loop ? { directive: loop.directive, from: urlOf(start), to: loop.to } : [];
}

/** What browsers follow at most is 20; a chain of this length comes from nothing but a loop. */
const maxRedirects = 10;
const maxPaths = 20;

/** Follows redirects from server to server of this config; the first one, if they never end. */
function follow(
  model: Model,
  start: PlayedRequest,
  complete: boolean,
): { readonly directive: Directive; readonly to: string } | undefined {
  let request: PlayedRequest | undefined = start;
  let first: { readonly directive: Directive; readonly to: string } | undefined;
  for (let count = 0; count < maxRedirects; count++) {
    const host: VirtualHost | undefined = request && answering(model, request, complete);
    if (!request || !host) return undefined;
    const played = play(host, request);
    if (played.kind !== 'redirect') return undefined;
    first ??= played;
    request = targetOf(played.to, request);
  }
  return first;
}

/** The server that takes the request; undefined where one that is not seen may. */
function answering(model: Model, { host, port, scheme }: PlayedRequest, complete: boolean): VirtualHost | undefined {
  const onPort = model.listeners.filter((listener) => listener.port === port && !listener.http3);
  const [listener] = onPort;
  if (!listener || onPort.length > 1 || listener.tls !== (scheme === 'https')) return undefined;
  try {
    const choice = selectHost(listener, host);
    return choice.name || complete ? choice.host : undefined;
  } catch (error) {
    if (error instanceof UnknownAnswer) return undefined;
    throw error;
  }
}

function targetOf(to: string, from: PlayedRequest): PlayedRequest | undefined {
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
function pathsOf({ routes, scope }: VirtualHost): string[] {
  const paths = new Set<string>();
  for (const { directive, handler, match } of routes) {
    if (handler.kind !== 'redirect' || directive.key === 'if') continue;
    const path = match.kind === 'regex' ? samplePath(match.pattern) : match.kind === 'all' ? '/' : match.pattern;
    if (path !== undefined && /^\/[\w./~-]*$/.test(path) && paths.size < maxPaths) paths.add(toBytes(path));
  }
  if (scope.own('rewrite').length > 0) paths.add('/');
  return [...paths];
}

/** A name by which the server is asked, one of each kind. */
function hostNames({ names }: VirtualHost): string[] {
  const exact = names.filter(({ kind, text }) => kind === 'exact' && text !== '' && text !== '_').slice(0, 3);
  const wild = names.find(({ kind }) => kind === 'leading-wildcard');
  const all = exact.map(({ text }) => text.toLowerCase());
  if (wild) all.push(`x${wild.text.toLowerCase().replace(/^\*/, '')}`);
  return all.length > 0 ? all : ['host.example'];
}

function urlOf({ scheme, host, port, path }: PlayedRequest): string {
  return `${scheme}://${hostWithPort(scheme, host, port)}${path}`;
}
