/** What rules about proxied requests ask of a route. */
import { unknown, type ProxyProtocol, type Route, type Target, type VirtualHost } from '../../model/model.ts';
import { readUrl } from '../../model/url.ts';
import { defaultPort, withoutScheme } from '../../model/scheme.ts';
import { everything, regexPaths } from '../../servers/apache/meaning/paths.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

/** A route that hands the requests of clients to an HTTP backend. */
export interface ProxyRoute extends Route {
  readonly handler: Extract<Route['handler'], { kind: 'proxy' }>;
  readonly backend: NonNullable<Route['backend']>;
}

const httpLike: readonly ProxyProtocol[] = ['http', 'websocket'];

/** Undefined for other handlers and protocols, and for a route that no request of a client reaches. */
export function proxyRoute(route: Route, protocols: readonly ProxyProtocol[] = httpLike): ProxyRoute | undefined {
  if (route.preemptedBy || route.internal) return undefined;
  return isProxy(route, protocols) ? route : undefined;
}

function isProxy(route: Route, protocols: readonly ProxyProtocol[]): route is ProxyRoute {
  return route.handler.kind === 'proxy' && protocols.includes(route.handler.protocol) && route.backend !== undefined;
}

/** One name for all targets on the same backend, whatever path and scheme they are reached by. */
export function backendKey({ word, scheme, host, port, upstream }: Target): string {
  if (upstream) return upstream.name;
  if (host === unknown || scheme === unknown || port === unknown) return withoutScheme(word.value);
  return `${host}:${port ?? defaultPort(scheme) ?? ''}`;
}

const groupsByHost = new WeakMap<VirtualHost, ReadonlyMap<string, readonly ProxyRoute[]>>();

/** The routes of a virtual host that requests of clients reach, a group a backend. */
export function routesByBackend(host: VirtualHost): ReadonlyMap<string, readonly ProxyRoute[]> {
  let groups = groupsByHost.get(host);
  if (!groups) groupsByHost.set(host, (groups = groupRoutes(host)));
  return groups;
}

function groupRoutes({ routes }: VirtualHost): ReadonlyMap<string, readonly ProxyRoute[]> {
  const groups = new Map<string, ProxyRoute[]>();
  for (const route of routes) {
    const proxied = proxyRoute(route);
    if (!proxied) continue;
    const key = backendKey(proxied.handler.target);
    const group = groups.get(key);
    if (group) group.push(proxied);
    else groups.set(key, [proxied]);
  }
  return groups;
}

/** The backend as the config names it, without path; one that a variable names by what the variable holds, if that is known. */
export function backendName({ word, scheme, host, port }: Target): string {
  const { authority } = readUrl(word.value);
  if (authority.text.includes('$') && scheme !== unknown && host !== unknown && port !== unknown)
    return `${scheme}://${host}${port === undefined ? '' : `:${port}`}`;
  return word.value.slice(0, authority.end) || word.value;
}

/** Whether all of a site is the backend's: an application is behind it, not only some part of one. */
export function isSite({ match }: ProxyRoute): boolean {
  if (match.kind === 'regex') return regexPaths(match.pattern) === everything;
  return match.kind === 'all' || match.kind === 'condition' || match.pattern === '/';
}

const auxiliaryPath =
  /(?:^|\/)[^\w/]*(?:\.well-known|acme-challenge|health(?:z|check|-check)?|livez|readyz|ping|status|server-status|nginx_status|stub_status|metrics|robots\.txt|favicon(?:\.ico)?)(?:\W|$)/i;
const staticPath =
  /^\W*(?:static|assets|media|images|img|css|js|fonts|uploads|downloads)\W*$|\\?\.\(?(?:\?:)?(?:[\w?]+\|)+[\w?]+\)|\\\.\w+\$$/i;

/** Probes, challenges and metrics: requests that are not those of a user's browser. */
export function isAuxiliary({ match, scope }: Route): boolean {
  return auxiliaryPath.test(match.pattern) || isOff(scope, 'proxy_pass_request_body');
}

/** A path under which an application keeps its files. */
export function isStaticPath({ match }: Route): boolean {
  return staticPath.test(match.pattern);
}

const localDomain =
  /(?:^|\.)(?:local|localhost|internal|lan|home|svc|cluster|docker|test|localdomain|intranet|corp|private|arpa|consul|vault|nomad|mesos|dcos|novalocal|openstacklocal|onion|invalid)$/i;

/** A host name of the public DNS, by its form. */
export function isPublicName(host: string): boolean {
  return /^(?:[\w-]+\.)+[a-z]{2,}$/i.test(host) && !localDomain.test(host);
}

/** A target that the request names: a forward proxy. */
const chosenByClient = /^\$\{?(?:host|http_host|arg_\w+|\d+)\b/;

/**
 * A service of somebody else: what the client chooses, or a public host name that is reached over TLS or by its own `Host`, and that is
 * not told the name the client asked for. It has no use for the client's scheme and offers no upgrade of ours.
 */
export function isForeign({ handler, backend }: ProxyRoute): boolean {
  const { host, scheme, word } = handler.target;
  const { authority, host: written } = readUrl(word.value);
  if (chosenByClient.test(authority.text)) return true;
  const sent = backend.headers.get('host');
  const domain = host === unknown ? domainBehindVariable(written.text) : host;
  if (domain === undefined || !isPublicName(domain)) return false;
  if (sent?.action !== 'set' || typeof sent.value !== 'string') return false;
  const own = host === unknown ? written.text : host;
  const isOwn = sent.value === '$proxy_host' || sent.value.toLowerCase() === own.toLowerCase();
  return isOwn && (scheme === 'https' || sent.origin !== 'default');
}

/** Of `${bucket}.s3.example.com` what stands behind the name of the bucket, which alone is not known. */
function domainBehindVariable(host: string): string | undefined {
  let start = host.length;
  while (start > 0 && /[\w.-]/.test(host[start - 1]!)) start--;
  const dot = host.indexOf('.', start);
  return start === 0 || dot === -1 ? undefined : host.slice(dot + 1);
}
