/** The URL that goes to the backend, and what goes with it. Follows mod_proxy_http.c and proxy_util.c. */
import { headerValue } from '../../../model/headers.ts';
import { parseNetwork } from '../../../model/network.ts';
import type { Outcome, Peer, TracedHeader } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import { encodedSlashes } from './options.ts';
import { isOn, step, type Request } from './state.ts';
import { canonicalPath, hasControls } from './uri.ts';
import { chooseMember } from './balancer.ts';
import { longest, workersOf } from './workers.ts';
import { withoutPort } from '../../../model/url.ts';
import { defaultPort, hostWithPort } from '../../../model/scheme.ts';
import { wordTable } from '../../../text/word-table.ts';
import { type Backend, splitUrl, isAddress } from './backend-url.ts';
import { hostHeader, forwardedUpgrade, connectionHeaders, backendHeaders } from './backend-headers.ts';

const httpSchemes: ReadonlySet<string> = new Set(['http', 'https', 'ws', 'wss', 'h2', 'h2c']);

/** `ap_proxy_canon_url`: undefined where all is well, else the status. The name becomes the canonical URL. */
export function canonicalize(request: Request): number | undefined {
  const written = request.filename!.slice('proxy:'.length);
  const scheme = /^([^:]*):/.exec(written)?.[1]?.toLowerCase();
  if (scheme === undefined) return 400;
  if (!httpSchemes.has(scheme) && !(scheme in otherProtocols) && scheme !== 'balancer')
    return giveUp(`Backends of the protocol "${scheme}" are not traced.`);
  const backend = splitUrl(written);
  if (!backend) {
    step(request, `"${written}" is no URL of a backend; httpd answers 400.`);
    return 400;
  }
  const raw = request.notes.has('proxy-nocanon');
  const path = raw ? backend.path : canonicalPath(backend.path, encodedSlashes(request) === 'keep');
  if (path === undefined) return 400;
  const query = raw ? undefined : request.args;
  if ((raw && hasControls(path)) || (query !== undefined && hasControls(query))) {
    step(request, 'The URL for the backend holds a space or control character; httpd answers 403.');
    return 403;
  }
  const authority = hostWithPort(scheme, backend.host, backend.port);
  request.filename = `proxy:${scheme}://${authority}/${path}${query === undefined ? '' : `?${query}`}`;
  return undefined;
}

/** What the backend receives. A number is the status of a refusal. */
export function proxyOutcome(request: Request): Outcome | number {
  const written = request.filename!.slice('proxy:'.length);
  const member = /^balancer:/i.test(written) ? chooseMember(request, written) : undefined;
  if (typeof member === 'number') return member;
  const url = member?.url ?? written;
  const backend = splitUrl(url) ?? giveUp(`"${url}" is no URL of a backend.`);
  if (!isAddress(backend.host)) {
    const status = /[?#]/.test(backend.host) ? 400 : 500;
    step(request, `"${backend.host}" is no host: the URL lacks a slash before the path. httpd answers ${status}.`);
    return status;
  }
  const refused = unserved(request, backend.scheme);
  if (refused !== undefined) return refused;
  if (backend.scheme in otherProtocols) return otherOutcome(request, backend);
  const overTls = ['https', 'wss', 'h2'].includes(backend.scheme);
  if (overTls && !isOn(request, 'sslproxyengine', false)) {
    step(request, 'SSLProxyEngine is off, so that no TLS backend can be asked; httpd answers 500.');
    if (request.scope.certainty('sslproxyengine') !== 'known')
      request.setting.unknowns.add('SSLProxyEngine may be set around the part of the config that was read.');
    return 500;
  }
  const worker = member?.worker ?? longest(workersOf(request.setting), url);
  const modern = !request.env.has('force-proxy-request-1.0');
  const upgrade = modern ? forwardedUpgrade(request, backend, worker) : undefined;
  const headers = backendHeaders(request, backend, modern);
  if (modern) headers.push(...connectionHeaders(request, worker, upgrade));
  const { group } = member ?? {};
  // Each member is sent its own name, unless it is the client's.
  if (group && !isOn(request, 'proxypreservehost', false)) forgetHost(headers);
  const wanted = headerValue(request.setting.request.headers, 'upgrade');
  return {
    kind: 'proxy',
    protocol: backend.scheme,
    backend: group?.name ?? (request.socket === undefined ? hostHeader(backend) : `unix:${request.socket}`),
    method: request.method,
    uri: `/${backend.path}`,
    httpVersion: modern ? '1.1' : '1.0',
    headers,
    lost: [],
    upgrade: wanted?.toLowerCase() === 'websocket' ? upgrade?.toLowerCase() === 'websocket' : undefined,
    peers: (group?.urls ?? [url]).flatMap((each) => peerOf(request, splitUrl(each) ?? backend, overTls)),
  };
}

function forgetHost(headers: TracedHeader[]): void {
  const at = headers.findIndex(({ name }) => name.toLowerCase() === 'host');
  if (at !== -1) headers[at] = { ...headers[at]!, value: undefined };
}

/** The handshake names the host that is asked for: the client's where that is passed on. No address is a name. */
function peerOf(request: Request, backend: Backend, tls: boolean): Peer {
  const { socket } = request;
  const port = backend.port ?? defaultPort(backend.scheme);
  const place = socket === undefined ? { host: backend.host, port } : { host: socket, port: undefined };
  const asked = isOn(request, 'proxypreservehost', false) ? request.headersIn.get('Host')?.value : undefined;
  const name = asked === undefined ? backend.host : withoutPort(asked);
  return { ...place, tls, serverName: tls && !parseNetwork(name) ? name : undefined };
}

/** Without a request line as HTTP has it, by the module that speaks them. */
const otherProtocols: Readonly<Record<string, string>> = wordTable({
  fcgi: 'proxy_fcgi',
  scgi: 'proxy_scgi',
  uwsgi: 'proxy_uwsgi',
  ajp: 'proxy_ajp',
});

/** Where to, and no more. */
function otherOutcome(request: Request, backend: Backend): Outcome {
  const port = backend.port === undefined ? '' : `:${backend.port}`;
  return {
    kind: 'proxy',
    protocol: backend.scheme,
    backend: request.socket === undefined ? backend.host + port : `unix:${request.socket}`,
    method: request.method,
    uri: `/${backend.path}`,
    httpVersion: '',
    headers: [],
    lost: [],
    upgrade: undefined,
    peers: [],
  };
}

const servedBy: Readonly<Record<string, string>> = wordTable({
  ...otherProtocols,
  http: 'proxy_http',
  https: 'proxy_http',
  h2: 'proxy_http2',
  h2c: 'proxy_http2',
});

/** The status where no module, or the one for tunnels alone, takes the scheme. */
function unserved(request: Request, scheme: string): number | undefined {
  const { modules } = request.setting;
  if (!scheme.startsWith('ws'))
    return modules && !modules.has(servedBy[scheme]!) ? noProtocol(request, scheme) : undefined;
  const tunnels = modules?.has('proxy_wstunnel') !== false;
  const falls = isOn(request, 'proxywebsocketfallbacktoproxyhttp', true) && modules?.has('proxy_http') !== false;
  if (falls) return undefined;
  if (!tunnels) return modules?.has('proxy_http') ? undefined : noProtocol(request, scheme);
  if (request.headersIn.get('Upgrade')?.value?.toLowerCase() === 'websocket')
    giveUp('What mod_proxy_wstunnel sends to the backend is not traced.');
  step(request, 'mod_proxy_wstunnel takes WebSockets only; httpd answers 426.');
  return 426;
}

function noProtocol(request: Request, scheme: string): number {
  step(request, `No module is loaded that asks backends by "${scheme}"; httpd answers 500.`);
  return 500;
}
