/** Requests for a config that was not made at random: those that stand for what it tells apart, and odd ones. */
import type { TraceRequest } from '../../../../src/model/trace.ts';
import { lower } from '../../../../src/servers/index.ts';
import type { Config } from '../../../../src/syntax/config.ts';
import type { Targets } from '../../../../src/model/versions.ts';
import { representativeRequests } from '../../../../src/requests/representatives.ts';
import type { Draw } from '../random.ts';
import { oddRequest } from '../request-generate.ts';

const oddEnds = [
  '',
  '/',
  '/x',
  '/index.php',
  '.php',
  '/b.txt',
  '?q=1',
  '/%20x',
  '/../',
  '//',
  '/.htaccess',
  '/x.css',
  '%2Fx',
];

const usualPaths =
  '/ /index.php /index.html /a/ /a /b.txt /static/x.css /static/app.js /wp-login.php /wp-admin/ /wp-content/uploads/x.php /.env /.git/HEAD /.well-known/acme-challenge/t /favicon.ico /robots.txt /api/v1/x?y=1 /ws /login /missing /x/y/z /index.php/x/y?z=1 /remote.php/dav /status.php'.split(
    ' ',
  );

/** `count` of them, each to an address and from a client of this machine. */
export function requestsFor(config: Config, targets: Targets, random: Draw, count: number): TraceRequest[] {
  const all = [...representativeRequests({ config, model: lower(config, targets), targets })].map(
    ({ request }) => request,
  );
  const http = all.filter(({ protocol, bodySize }) => protocol === undefined && bodySize < 1_000_000);
  if (http.length === 0) return [];
  return Array.from({ length: count }, () => {
    const request = random.one(http);
    const roll = random.next();
    if (roll < 0.5) return sendable(random, request);
    const target = roll < 0.75 ? grown(request.target, random.one(oddEnds)) : random.one(usualPaths);
    return sendable(random, { ...request, target });
  });
}

function grown(target: string, end: string): string {
  const query = target.indexOf('?');
  const path = query === -1 ? target : target.slice(0, query);
  return `${path}${end}${query === -1 || end.includes('?') ? '' : target.slice(query)}`;
}

/** With the headers that a client writes. */
function sendable(random: Draw, request: TraceRequest): TraceRequest {
  const has = (name: string): boolean => request.headers.some(([key]) => key.toLowerCase() === name);
  const local = request.to?.includes(':') ? '::1' : request.to?.startsWith('127.') ? request.to : undefined;
  const to = local ?? '127.0.0.1';
  const headers: (readonly [string, string])[] = [
    ...(has('host') ? [] : [['Host', random.chance(0.3) ? request.host : `${request.host}:${request.port}`] as const]),
    ...request.headers,
    ...(request.bodySize > 0 && !has('content-length') && !has('transfer-encoding')
      ? [['Content-Length', String(request.bodySize)] as const]
      : []),
  ];
  const odd = random.chance(0.2) ? oddRequest(random, { ...request, headers }) : { ...request, headers };
  const closes = odd.headers.some(([name]) => name.toLowerCase() === 'connection');
  return {
    ...odd,
    headers: closes ? odd.headers : [...odd.headers, ['Connection', 'close'] as const],
    to,
    from: to === '::1' ? '::1' : '127.0.0.1',
  };
}
