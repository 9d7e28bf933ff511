/** Draw and boundary requests, the same for all servers. */
import type { TraceRequest } from '../../../src/model/trace.ts';
import type { Draw } from './random.ts';

export const segments = ['a', 'b', 'api', 'img', 'x.php', 'static', 'v1', 'ws', 'A', 'a b', 'index.html', 'b.txt'];
const hosts = [
  'example.com',
  'www.example.com',
  'a.example.com',
  'b.a.example.com',
  'example.org',
  'www.example.net',
  'other.test',
];
const methods = ['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT'];

/** `paths`: prefixes that the config speaks of; half of the requests begin with one. */
export function randomRequest(
  { random, port }: { readonly random: Draw; readonly port: number },
  paths: readonly string[],
): TraceRequest {
  const host = random.one(hosts);
  const method = random.one(methods);
  const headers: [string, string][] = [
    ['Host', random.chance(0.1) ? `${host.toUpperCase()}:${port}` : random.chance(0.05) ? `${host}.` : host],
  ];
  if (random.chance(0.2)) headers.push(['X-Test', 'yes']);
  if (random.chance(0.15))
    headers.push([
      'X-Forwarded-For',
      random.one(['9.9.9.9', '9.9.9.9', '10.1.1.1, 127.0.0.1', '8.8.8.8:80,9.9.9.9', 'fd00::1', 'x, 127.0.0.1']),
    ]);
  if (random.chance(0.1)) headers.push(['x_under', '1']);
  if (random.chance(0.15)) headers.push(['Upgrade', 'websocket'], ['Connection', 'Upgrade']);
  const bodySize = method === 'POST' || method === 'PUT' ? random.one([0, 5, 50]) : 0;
  if (method === 'POST' || method === 'PUT') headers.push(['Content-Length', String(bodySize)]);
  return { method, scheme: 'http', host, port, target: target(random, paths), headers, from: '127.0.0.1', bodySize };
}

function target(random: Draw, paths: readonly string[]): string {
  const base = random.chance(0.5) && paths.length > 0 ? random.one(paths) : `/${random.some(segments, 3).join('/')}`;
  let path = base + random.one(['', '', '/', '/deep', '/x.php', '.txt', '?q=1', '/?q=a%20b&r=2', '/b?q=', 'x']);
  path = path.replaceAll(' ', '%20');
  if (random.chance(0.06)) path = path.replace('/', '//');
  if (random.chance(0.05)) path = path.replace('/', '/./');
  if (random.chance(0.05)) path = path.replace('/', '/zz/../');
  if (random.chance(0.05)) path = path.replace('a', '%61');
  if (random.chance(0.04)) path = path.replace(/\/(\w)/, '/%2f$1');
  if (random.chance(0.03)) path += '%3Fz';
  if (random.chance(0.02)) path = '/../up';
  return path;
}

/** A rarer method, or header about the body, the host or the client. */
export function oddRequest(random: Draw, request: TraceRequest): TraceRequest {
  let { method, headers } = request;
  if (random.chance(0.04) && request.bodySize === 0)
    method = random.one(['CONNECT', 'TRACE', 'OPTIONS', 'PROPFIND', 'DELETE', 'G1']);
  if (random.chance(0.03)) headers = [['Host', random.one(hostTexts)], ...headers.slice(1)];
  if (random.chance(0.05)) headers = [...headers, random.one(oddHeaders)];
  if (request.bodySize > 0 && random.chance(0.15))
    headers = [...headers.filter(([name]) => name !== 'Content-Length'), ['Transfer-Encoding', 'chunked']];
  return { ...request, method, headers };
}

const hostTexts = [
  '',
  'a..b',
  'x:99999',
  '[::1]:80',
  'under_score',
  'a b',
  '127.0.0.1',
  'x:y',
  'a/b',
  '.',
  'a[b',
  '[::1',
  'x,y',
];

const oddHeaders = [
  ['If-Modified-Since', 'Thu, 01 Jan 2099 00:00:00 GMT'],
  ['Range', 'bytes=0-1'],
  ['X-Real-IP', '8.8.4.4'],
  ['Referer', 'http://x.example.org/'],
  ['Referer', 'https://example.com/x'],
  ['Referer', 'https://else.where/'],
  ['User-Agent', 'curl/8'],
  ['Cookie', 'a=1; b=2'],
  ['Origin', 'https://example.com'],
  ['Accept', 'text/html'],
  ['X.dot', '1'],
  ['X-Test', 'again'],
  ['X-Long', 'x'.repeat(2000)],
  ['Transfer-Encoding', 'gzip'],
  ['Content-Length', 'x'],
] as const;
