/** The URL that goes to the backend, and what goes with it. Follows mod_proxy_http.c and proxy_util.c. */
import { headerValue } from '../../../model/headers.ts';
import { headerOf } from '../../../syntax/tree.ts';
import { parseNetwork } from '../../../model/network.ts';
import type { Outcome, Peer, TracedHeader } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import type { HeaderTable } from './header-table.ts';
import { encodedSlashes } from './options.ts';
import { isOn, settingOf, step, valueOf, type Request } from './state.ts';
import { canonicalPath, hasControls } from './uri.ts';
import { chooseMember } from './balancer.ts';
import { longest, workersOf, type Worker } from './workers.ts';
import { defaultPort, hostWithPort, readUrl, schemeOf, withoutPort, withoutScheme } from '../../../model/url.ts';
import { readFlag } from '../meaning/settings.ts';
import { wordTable } from '../../../text/word-table.ts';

const httpSchemes: ReadonlySet<string> = new Set(['http', 'https', 'ws', 'wss', 'h2', 'h2c']);

interface Backend {
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly path: string;
}

/** `scheme://host:port/path`, the path without its first slash. Undefined: refused with 400. */
function splitUrl(url: string): Backend | undefined {
  const scheme = schemeOf(url);
  if (scheme === undefined) return undefined;
  // Only a slash ends the host here.
  const [authority = '', ...segments] = withoutScheme(url).split('/');
  if (authority.includes('@')) giveUp('A user name in the URL of a backend is not traced.');
  const parts = /^(.*?)(?::(\d*))?$/s.exec(authority)!;
  const host = parts[1]!.toLowerCase();
  const port = parts[2] ? Number(parts[2]) : undefined;
  if (host === '' || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  return { scheme, host, port, path: segments.join('/') };
}

/** A port that a path without slash ran into makes a host that has no address. */
function isAddress(host: string): boolean {
  return !host.includes(':') || /^\[[0-9a-f:.]+\]$/.test(host);
}

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
  const wanted = headerValue(request.setting.request.headers, 'upgrade');
  return {
    kind: 'proxy',
    protocol: backend.scheme,
    backend: request.socket === undefined ? hostHeader(backend) : `unix:${request.socket}`,
    method: request.method,
    uri: `/${backend.path}`,
    httpVersion: modern ? '1.1' : '1.0',
    headers,
    lost: [],
    upgrade: wanted?.toLowerCase() === 'websocket' ? upgrade?.toLowerCase() === 'websocket' : undefined,
    peers: [peerOf(request, backend, overTls)],
  };
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

function hostHeader({ host, port }: Backend): string {
  return port === undefined || port === 80 ? host : `${host}:${port}`;
}

/** The Upgrade header goes on if the worker's parameter allows it, to `ws` URLs without one. */
function forwardedUpgrade(request: Request, { scheme }: Backend, worker: Worker | undefined): string | undefined {
  const upgrade = request.headersIn.get('Upgrade')?.value;
  const parameter = worker?.parameters.get('upgrade')?.replace(/^any$/i, '*') ?? '';
  if (upgrade === undefined || upgrade === '') return undefined;
  if (parameter === '') return scheme.startsWith('ws') && upgrade.toLowerCase() === 'websocket' ? upgrade : undefined;
  const allowed =
    parameter === '*' ||
    parameter
      .toLowerCase()
      .split(/\s*,\s*/)
      .includes(upgrade.toLowerCase());
  return allowed ? upgrade : undefined;
}

function connectionHeaders(request: Request, worker: Worker | undefined, upgrade: string | undefined): TracedHeader[] {
  const origin = 'server';
  if (upgrade !== undefined)
    return [
      { name: 'Connection', value: 'Upgrade', origin },
      { name: 'Upgrade', value: upgrade, origin: 'client' },
    ];
  const keeps = worker !== undefined && isReusable(worker) && !request.env.has('proxy-nokeepalive');
  return [{ name: 'Connection', value: keeps ? 'Keep-Alive' : 'close', origin }];
}

function isReusable({ isPattern, name, parameters }: Worker): boolean {
  if (isPattern && readUrl(name).authority.text.includes('$')) return false;
  const [disable, enable] = ['disablereuse', 'enablereuse'].map((key) => readFlag([parameters.get(key) ?? '']));
  if (disable === true || enable === false) return false;
  return !(isPattern && name.includes('$')) || enable === true || disable === false;
}

/** `ap_proxy_create_hdrbrgd`. */
function backendHeaders(request: Request, backend: Backend, modern: boolean): TracedHeader[] {
  const headers = request.headersIn.copy();
  const savedHost = headers.get('Host');
  for (const name of connectionTokens(headers)) headers.unset(name);
  for (const name of hopByHop) headers.unset(name);
  const expects = headers.get('Expect')?.value?.toLowerCase() === '100-continue';
  if (!(modern && expects && isOn(request, 'proxy100continue', true))) headers.unset('Expect');
  if (!isOn(request, 'proxypreservehost', false))
    headers.set({ name: 'Host', value: hostHeader(backend), origin: 'server' });
  const via = valueOf(request, 'proxyvia') ?? 'off';
  if (via === 'block') headers.unset('Via');
  else if (via !== 'off') headers.merge({ name: 'Via', value: undefined, origin: 'server' });
  if (isOn(request, 'proxyaddheaders', true)) addForwarded(request, headers, savedHost);
  return [...headers.entries];
}

const hopByHop = [
  'Proxy-Connection',
  'Content-Length',
  'Transfer-Encoding',
  'Connection',
  'Keep-Alive',
  'Upgrade',
  'Trailer',
  'TE',
];

/** Header names that the Connection header lists, which end here (`ap_proxy_clear_connection`). */
function connectionTokens(headers: HeaderTable): string[] {
  const value = headers.get('Connection')?.value ?? '';
  return value
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '' && token.toLowerCase() !== 'close');
}

function addForwarded(request: Request, headers: HeaderTable, savedHost: TracedHeader | undefined): void {
  const setting = settingOf(request, 'proxyaddheaders');
  const origin = setting ? headerOf(setting) : 'server';
  headers.merge({ name: 'X-Forwarded-For', value: request.setting.client, origin });
  if (savedHost) headers.merge({ name: 'X-Forwarded-Host', value: savedHost.value, origin });
  headers.merge({ name: 'X-Forwarded-Server', value: request.setting.serverHostname, origin });
}
