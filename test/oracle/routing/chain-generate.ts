/** Random chains of servers: sslh or a stream of nginx in front, then nginx and httpd in any order, and the backend. */
import type { TraceRequest } from '../../../src/model/trace.ts';
import type { Draw } from './random.ts';

export interface ChainSetup {
  readonly random: Draw;
  /** The first of {@link portsOfChain} ports in a row. */
  readonly port: number;
  readonly backend: number;
  readonly certificate: string;
}

/** What each server of a chain adds to its process; empty: it has no part in it. */
export interface GeneratedChain {
  readonly sslh: string;
  readonly stream: string;
  readonly nginx: string;
  readonly apache: string;
  readonly requests: readonly TraceRequest[];
}

export const portsOfChain = 5;

interface HopSetup extends ChainSetup {
  readonly listen: number;
  readonly next: { readonly port: number; readonly tls: boolean };
  readonly tls: boolean;
  readonly proxyProtocol: boolean;
}

export function generateChain(setup: ChainSetup, requestCount: number): GeneratedChain {
  const { random, port, backend } = setup;
  const texts = { sslh: '', stream: '', nginx: '', apache: '' };
  const count = 1 + random.below(3);
  const hops = Array.from({ length: count }, (_, index) => ({
    listen: port + 1 + index,
    server: random.one(['nginx', 'apache'] as const),
    tls: random.chance(0.4),
  }));
  const front = random.one(['none', 'sslh', 'sslh', 'stream', 'stream'] as const);
  const proxyProtocol = front === 'stream' && random.chance(0.6);
  for (const [index, { listen, server, tls }] of hops.entries()) {
    const behind = hops[index + 1];
    const next = behind ? { port: behind.listen, tls: behind.tls } : { port: backend, tls: false };
    const hop = { ...setup, listen, next, tls, proxyProtocol: proxyProtocol && index === 0 };
    if (server === 'nginx') texts.nginx += nginxHop(hop);
    else texts.apache += apacheHop(hop);
  }
  const [first] = hops;
  if (front === 'sslh') texts.sslh = sslhFront(setup, first!);
  // Seldom one side speaks the PROXY protocol alone.
  const sends = random.chance(0.05) ? !proxyProtocol : proxyProtocol;
  if (front === 'stream') texts.stream = streamFront(setup, hops, sends ? 'proxy_protocol on;' : '');
  const entry = front === 'none' ? first!.listen : port;
  const requests = Array.from({ length: requestCount }, () => chainRequest(random, entry, first!.tls));
  return { ...texts, requests };
}

function sslhFront({ random, port }: ChainSetup, first: { readonly listen: number; readonly tls: boolean }): string {
  const entry = (name: string, more = '', to = first.listen): string =>
    `{ name: "${name}"; host: "127.0.0.1"; port: "${to}"; ${more} }`;
  const names = random.chance(0.5) ? 'sni_hostnames: [ "*.com" ];' : '';
  const entries = first.tls ? [entry('ssh'), entry('tls', names)] : [entry('ssh'), entry('http')];
  if (random.chance(0.5)) entries.push(entry('anyprot'));
  return `timeout: 1;\nlisten: ( { host: "127.0.0.1"; port: "${port}"; } );\nprotocols: ( ${entries.join(', ')} );\n`;
}

/** To the first hop, mostly; by a variable in every other case. What echoes waits for ever for a request when a handshake comes. */
function streamFront(
  { random, port }: ChainSetup,
  hops: readonly { readonly listen: number }[],
  settings: string,
): string {
  const first = hops[0]!.listen;
  const server = (more: string, target: string): string =>
    `server { listen 127.0.0.1:${port}; ${settings} ${more} proxy_pass ${target}; }\n`;
  if (random.chance(0.4)) return server('', `127.0.0.1:${first}`);
  const way = `$way_${port}`;
  const group = `group_${port}`;
  const [to, other] = [`127.0.0.1:${first}`, `127.0.0.1:${(hops[1] ?? hops[0]!).listen}`];
  const map = random.one([
    `map $ssl_preread_server_name ${way} { example.com ${to}; default ${random.one([group, other, 'nowhere', 'localhost:1'])}; }`,
    `map $ssl_preread_server_name ${way} { hostnames; .example.com ${group}; ${random.one(['', 'www.example.com no.port;'])} "" ${to}; }`,
    `map $ssl_preread_server_name ${way} { "~^(?<sub>w+)\\." 127.0.0.1:${first}; "~^exam(p)" ${random.one(['$1roup', group])}; default ${to}; }`,
    `map $ssl_preread_protocol ${way} { "" ${random.one([to, other])}; TLSv1.1 ${other}; default ${group}; }`,
    `map $ssl_preread_alpn_protocols ${way} { ~h2 ${other}; default ${to}; }`,
    `map $ssl_preread_server_name $name_${port} { "" none; default $ssl_preread_server_name; }\nmap $name_${port} ${way} { none ${to}; www.example.com ${to}; EXAMPLE.com ${group}; }`,
    `geo $near_${port} { 127.0.0.0/8 1; default 0; }\nmap $near_${port}:$ssl_preread_server_name ${way} { 1:example.com ${to}; ~^1: ${group}; }`,
  ]);
  const target = random.one([way, way, `\${${way.slice(1)}}`]);
  const preread = random.chance(0.9) ? 'ssl_preread on;' : '';
  return `upstream ${group} { server ${to}; }\n${map}\n${server(preread, target)}`;
}

const nginxHeaders = [
  'proxy_set_header Host $host;',
  'proxy_set_header Host $http_host;',
  'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
  'proxy_set_header X-Forwarded-For $remote_addr;',
  'proxy_set_header X-Real-IP $remote_addr;',
  'proxy_set_header X-Forwarded-Proto $scheme;',
  'proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;',
  'proxy_set_header X-Forwarded-Host $host;',
  'proxy_set_header X-Forwarded-Port $server_port;',
  'proxy_set_header X-Server "$server_addr $server_protocol $request_method";',
  'proxy_set_header X-Proxied $proxy_protocol_addr;',
  'proxy_set_header X-Test "";',
  'proxy_http_version 1.1;',
  'proxy_method PUT;',
];

/** A header once: two Host headers are refused. */
function nginxLines(random: Draw, most: number): string {
  const byName = new Map(random.some(nginxHeaders, most).map((line) => [line.split(' ').slice(0, 2).join(' '), line]));
  return [...byName.values()].join(' ');
}

function nginxHop({ random, listen, next, tls, proxyProtocol, certificate }: HopSetup): string {
  const socket = [`127.0.0.1:${listen}`, tls && 'ssl', proxyProtocol && 'proxy_protocol'].filter(Boolean).join(' ');
  const target = `${next.tls ? 'https' : 'http'}://127.0.0.1:${next.port}`;
  const location = (path: string, uri: string): string =>
    `location ${path} { ${nginxLines(random, 5)} proxy_pass ${target}${uri}; }`;
  const realIp = random.chance(0.4)
    ? `set_real_ip_from 127.0.0.1; real_ip_header ${random.one(['X-Forwarded-For', 'X-Real-IP', 'proxy_protocol'])};`
    : '';
  return `server { listen ${socket}; server_name example.com;
  ${tls ? `ssl_certificate ${certificate}.crt; ssl_certificate_key ${certificate}.key;` : ''} ${realIp}
  ${random.chance(0.3) ? 'proxy_ssl_server_name on;' : ''} ${nginxLines(random, 2)}
  ${random.chance(0.2) ? 'client_max_body_size 10;' : ''}
  ${location('/', random.one(['', '', '/', '/in/']))}
  ${location('/a/', random.one(['', '/', '/b/']))}
  ${random.chance(0.3) ? 'location /r { return 404; }' : ''}
}
`;
}

const apacheLines = [
  'RequestHeader set X-Forwarded-Proto http',
  'RequestHeader setifempty X-Forwarded-Proto http',
  'RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}',
  'RequestHeader set X-Real-IP expr=%{REMOTE_ADDR}',
  'RequestHeader unset X-Forwarded-For early',
  'RequestHeader append X-Test more',
  'RequestHeader unset X-Real-IP',
  'ProxyPreserveHost On',
  'ProxyAddHeaders Off',
];

function apacheHop({ random, listen, next, tls, proxyProtocol, certificate }: HopSetup): string {
  const target = `${next.tls ? 'https' : 'http'}://127.0.0.1:${next.port}`;
  const lines = random.some(apacheLines, 4);
  if (tls)
    lines.push('SSLEngine on', `SSLCertificateFile ${certificate}.crt`, `SSLCertificateKeyFile ${certificate}.key`);
  if (next.tls) lines.push('SSLProxyEngine on', 'SSLProxyCheckPeerName off', 'SSLProxyCheckPeerCN off');
  if (proxyProtocol) lines.push('RemoteIPProxyProtocol On');
  if (random.chance(0.4)) lines.push('RemoteIPHeader X-Forwarded-For', 'RemoteIPInternalProxy 127.0.0.1');
  if (random.chance(0.3)) lines.push('Redirect 404 /r');
  lines.push(`ProxyPass /a/ ${target}${random.one(['/a/', '/', '/b/'])}`, `ProxyPass / ${target}/`);
  return `Listen 127.0.0.1:${listen} http
<VirtualHost 127.0.0.1:${listen}>
ServerName example.com
${lines.join('\n')}
</VirtualHost>
`;
}

function chainRequest(random: Draw, port: number, tls: boolean): TraceRequest {
  const host = random.one(['example.com', 'example.com', 'www.example.com']);
  const method = random.one(['GET', 'GET', 'POST']);
  const headers: [string, string][] = [['Host', host]];
  if (random.chance(0.3)) headers.push(['X-Forwarded-For', random.one(['9.9.9.9', '9.9.9.9, 8.8.8.8'])]);
  if (random.chance(0.2)) headers.push(['X-Forwarded-Proto', 'https']);
  if (random.chance(0.2)) headers.push(['X-Real-IP', '7.7.7.7']);
  if (random.chance(0.2)) headers.push(['X-Test', 'yes']);
  const bodySize = method === 'POST' ? random.one([0, 5, 50]) : 0;
  if (method === 'POST') headers.push(['Content-Length', String(bodySize)]);
  headers.push(['Connection', 'close']);
  const isOther = random.chance(0.05);
  return {
    method,
    scheme: tls !== isOther ? 'https' : 'http',
    host,
    port,
    target: random.one(['/', '/a/x', '/a/', '/r', '/deep/er?q=1', '/a/b%20c?x=y']),
    headers,
    to: '127.0.0.1',
    from: '127.0.0.1',
    alpn: [],
    bodySize,
  };
}
