/** A request over several servers. */
import { expect, test } from 'vitest';
import { followRequest, type Hop } from '../../src/topology/follow.ts';
import { headerHistories } from '../../src/topology/header-history.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { nginxWith, requestOf, sslhTo, topologyOf, tracerOf } from './members.ts';
import type { TraceRequest } from '../../src/model/trace.ts';

function follow(topology: Topology, request: TraceRequest): Hop[] {
  const hops: Hop[] = [];
  for (let hop = followRequest(topology, topology.members[0]!, request, tracerOf); hop; hop = hop.next) hops.push(hop);
  return hops;
}

const files = (hops: readonly Hop[]): string[] => hops.map(({ member }) => member.config.file.source.path);

const tlsServer = (body: string, listen = '127.0.0.1:8443 ssl'): string =>
  nginxWith(`server { listen ${listen}; server_name app.test; ${body} }`);
const httpd = `Listen 9090
<VirtualHost *:9090>
ServerName app.test
RequestHeader set X-Forwarded-Proto http
RequestHeader unset X-Secret
ProxyPass / http://127.0.0.1:3000/
</VirtualHost>`;

test('sslh, nginx and httpd: what each does with the headers', () => {
  const topology = topologyOf({
    'a.sslh': sslhTo(8443),
    'b.nginx': tlsServer(
      'location / { proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_pass http://127.0.0.1:9090; }',
    ),
    'c.apache': httpd,
  });
  const hops = follow(topology, requestOf('https://app.test/x', { headers: ['X-Secret: 1'], from: '203.0.113.9' }));
  expect(files(hops)).toEqual(['a.sslh', 'b.nginx', 'c.apache']);
  const histories = new Map(headerHistories(hops[0]!).map((history) => [history.name, history]));
  expect(histories.get('X-Forwarded-Proto')).toMatchObject({
    value: 'http',
    events: [
      { does: 'set', value: 'https' },
      { does: 'overwrote', value: 'http' },
    ],
  });
  // sslh hides the client.
  expect(histories.get('X-Forwarded-For')).toMatchObject({
    value: '127.0.0.1, 127.0.0.1',
    events: [{ does: 'set' }, { does: 'added to' }],
  });
  expect(histories.get('X-Secret')).toMatchObject({ sent: '1', arrives: false, events: [{ does: 'dropped' }] });
});

test('the PROXY protocol tells the client over the hop', () => {
  const stream = 'events {} stream { server { listen 443; proxy_protocol on; proxy_pass 127.0.0.1:8443; } }';
  const inner = (more: string): string =>
    tlsServer(
      `${more} location / { proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-P $proxy_protocol_addr; proxy_pass http://127.0.0.1:3000; }`,
      '8443 ssl proxy_protocol',
    );
  const sent = (more: string): unknown => {
    const hops = follow(
      topologyOf({ 'a.nginx': stream, 'b.nginx': inner(more) }),
      requestOf('https://app.test/', { from: '203.0.113.9' }),
    );
    const { outcome } = hops.at(-1)!.trace;
    return (
      outcome.kind === 'proxy' && outcome.headers.filter(({ name }) => name.startsWith('X-')).map(({ value }) => value)
    );
  };
  expect(sent('')).toEqual(['127.0.0.1', '203.0.113.9']);
  expect(sent('set_real_ip_from 127.0.0.1; real_ip_header proxy_protocol;')).toEqual(['203.0.113.9', '203.0.113.9']);
});

test.each([
  ['no header where one is expected', sslhTo(8443), '8443 ssl proxy_protocol', 'closed'],
  ['a header where none is expected', sslhTo(8443, 'proxyprotocol: 1;'), '8443 ssl', 'closed'],
  ['TLS to a plain listener', sslhTo(8443), '8443', 'closed'],
  ['all as it should be', sslhTo(8443, 'proxyprotocol: 2;'), '8443 ssl proxy_protocol', 'response'],
])('%s', (_, front, listen, expected) => {
  const hops = follow(
    topologyOf({ 'a.sslh': front, 'b.nginx': tlsServer('return 204;', listen) }),
    requestOf('https://app.test/'),
  );
  expect(hops.at(-1)!.trace.outcome.kind).toBe(expected);
});

test('two servers of one nginx', () => {
  const hops = follow(
    topologyOf({
      'a.nginx': nginxWith(
        'server { listen 443 ssl; location / { proxy_set_header X-Forwarded-Proto $scheme; proxy_pass http://127.0.0.1:8080/app/; } } server { listen 8080; return 204; }',
      ),
    }),
    requestOf('https://app.test/x'),
  );
  expect(hops.map(({ trace }) => trace.request.target)).toEqual(['/x', '/app/x']);
});

test('a circle is not followed for ever', () => {
  const loop = (listen: number, to: number): string =>
    nginxWith(
      `server { listen ${listen}; location / { proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_pass http://127.0.0.1:${to}; } }`,
    );
  const hops = follow(
    topologyOf({ 'a.nginx': loop(80, 8081), 'b.nginx': loop(8081, 80) }),
    requestOf('http://127.0.0.1/', { from: '127.0.0.1' }),
  );
  expect(hops.at(-1)!.stop).toContain('runs in a circle');
  const growing = nginxWith('server { listen 80; location / { proxy_pass http://127.0.0.1:80/x/; } }');
  const grown = follow(topologyOf({ 'a.nginx': growing }), requestOf('http://127.0.0.1/'));
  expect(grown.length).toBeLessThan(20);
  expect(grown.at(-1)!.stop).toContain('runs in a circle');
});

test('what depends on a value that is not known is not known either', () => {
  const front = nginxWith(
    'server { listen 80; location / { proxy_set_header X-Id $request_id; proxy_pass http://127.0.0.1:8080; } }',
  );
  const back = (body: string): string =>
    nginxWith(`map $http_x_id $way { default a; "~^\\d" b; } server { listen 8080; ${body} }`);
  const outcome = (body: string): unknown =>
    follow(topologyOf({ 'a.nginx': front, 'b.nginx': back(body) }), requestOf('http://x/')).at(-1)!.trace.outcome;
  expect(outcome('return 302 /$way;')).toMatchObject({ kind: 'unknown', reason: /X-Id/ });
  expect(outcome('return 302 /$http_x_id;')).toMatchObject({ kind: 'unknown' });
  expect(outcome('return 302 /fixed;')).toMatchObject({ kind: 'response' });
  expect(outcome('location / { proxy_set_header X-Copy $http_x_id; proxy_pass http://127.0.0.1:3000; }')).toMatchObject(
    {
      kind: 'proxy',
      headers: expect.arrayContaining([expect.objectContaining({ name: 'X-Copy', value: undefined })]),
    },
  );
});

const pool = nginxWith(
  'upstream pool { server 127.0.0.1:8081; server 127.0.0.1:8082; } server { listen 80; location / { proxy_set_header X-Pool 1; proxy_pass http://pool; } }',
);
const behind = (port: number, body: string): string => nginxWith(`server { listen ${port}; ${body} }`);

test('a group whose servers do the same is followed', () => {
  const passing = 'location / { proxy_set_header X-Inner $http_x_pool; proxy_pass http://127.0.0.1:8090; }';
  const topology = topologyOf({
    'a.nginx': pool,
    'b.nginx': behind(8081, passing),
    'c.nginx': behind(8082, `# the same elsewhere\n${passing}`),
    'd.nginx': behind(8090, 'return 204;'),
  });
  const hops = follow(topology, requestOf('http://x/'));
  expect(files(hops)).toEqual(['a.nginx', 'b.nginx', 'd.nginx']);
  expect(files(hops[0]!.alike)).toEqual(['c.nginx']);
  expect(hops.every(({ stop }) => stop === undefined)).toBe(true);
});

test.each([
  ['one of them is not known', { 'b.nginx': behind(8081, 'return 204;') }, 'not all of them are known'],
  [
    'they differ',
    { 'b.nginx': behind(8081, 'return 204;'), 'c.nginx': behind(8082, 'return 403;') },
    'what they do differs',
  ],
])('a group is not followed where %s', (_, others, reason) => {
  const hops = follow(topologyOf({ 'a.nginx': pool, ...others }), requestOf('http://x/'));
  expect(hops).toHaveLength(1);
  expect(hops[0]!.stop).toMatch(new RegExp(`^One of 2 servers is asked: .*; ${reason}\\.$`));
});

test('groups of groups end', () => {
  const layers = Array.from({ length: 10 }, (_, layer) => {
    const server = (port: number, to: number): string =>
      `server { listen ${port}; location / { proxy_pass http://p${to}; } }`;
    const next = 9000 + (layer + 1) * 10;
    return [
      `${layer}.nginx`,
      nginxWith(
        `upstream p${next} { server 127.0.0.1:${next}; server 127.0.0.1:${next + 1}; } ${server(9000 + layer * 10, next)} ${server(9001 + layer * 10, next)}`,
      ),
    ] as const;
  });
  const hops = follow(topologyOf(Object.fromEntries(layers)), requestOf('http://127.0.0.1:9000/'));
  expect(hops.at(-1)!.stop).toContain('One of 2 servers is asked');
});

/** A front that chooses by variable, and what stands behind on 8443 and 9443. */
const chosen = (stream: string): Topology =>
  topologyOf({
    'front.nginx': `events {}\nstream { ${stream} }`,
    'a.nginx': tlsServer('return 204;', '127.0.0.1:8443 ssl'),
    'b.nginx': tlsServer('return 204;', '127.0.0.1:9443 ssl'),
  });
const front = (map: string, server = 'ssl_preread on;'): string =>
  `${map} upstream pool { server 127.0.0.1:8443; } server { listen 443; ${server} proxy_pass $to; }`;
const byName =
  'map $ssl_preread_server_name $to { hostnames; .app.test pool; "~^(b)\\." 127.0.0.1:9443; default lost; }';

test.each([
  ['a wildcard that names a group', front(byName), 'https://x.app.test/', 'a.nginx'],
  ['a pattern that names an address', front(byName), 'https://b.test/', 'b.nginx'],
  ['letters of any case', front(byName), 'https://X.APP.test/', 'a.nginx'],
  [
    'names in a row',
    front(`map $ssl_preread_server_name $n { b.test two; } map $n $to { two 127.0.0.1:9443; default pool; }`),
    'https://b.test/',
    'b.nginx',
  ],
  [
    'what the versions of TLS do not decide',
    front('map $ssl_preread_protocol $to { "" 127.0.0.1:22; default pool; }'),
    'https://x/',
    'a.nginx',
  ],
  [
    'a port by variable',
    'map $ssl_preread_server_name $port { b.test 9443; default 8443; } server { listen 443; ssl_preread on; proxy_pass 127.0.0.1:$port; }',
    'https://b.test/',
    'b.nginx',
  ],
  [
    'the address of the client',
    front('geo $to { 203.0.113.0/24 127.0.0.1:9443; default pool; }'),
    'https://x/',
    'b.nginx',
  ],
])('a stream goes on by %s', (_, stream, url, expected) => {
  const hops = follow(chosen(stream), requestOf(url, { from: '203.0.113.9' }));
  expect(files(hops)).toEqual(['front.nginx', expected]);
});

test.each([
  ['no handshake', front(byName), 'http://x.app.test:443/', 'closed', 'no group of servers, and has no port'],
  ['nobody reads the name', front(byName, ''), 'https://x.app.test/', 'closed', 'no group of servers'],
  [
    'no entry fits',
    front('map $ssl_preread_server_name $to { a.test pool; }'),
    'https://x/',
    'closed',
    'that is no address',
  ],
  [
    'a name without a resolver',
    front('map $ssl_preread_server_name $to { default app.lan:443; }'),
    'https://x/',
    'closed',
    'no "resolver"',
  ],
])('a stream ends a connection where there is %s', (_, stream, url, kind, why) => {
  const [hop] = follow(chosen(stream), requestOf(url));
  expect(hop!.trace.outcome.kind).toBe(kind);
  expect(hop!.trace.steps.map(({ text }) => text).join(' ')).toContain(why);
});

test.each([
  [
    'the version of TLS',
    front('map $ssl_preread_protocol $to { TLSv1.3 pool; default 127.0.0.1:9443; }'),
    'version of TLS',
  ],
  [
    'a `set`, which runs before the handshake is read',
    `map $ssl_preread_server_name $to { default pool; } upstream pool { server 127.0.0.1:8443; } server { listen 443; ssl_preread on; set $x $to; proxy_pass $to; }`,
    '"set" reads',
  ],
  ['the time', front('split_clients $msec $to { 50% pool; * 127.0.0.1:9443; }'), '$msec'],
])('where a stream leads is not told where it depends on %s', (_, stream, reason) => {
  const [hop] = follow(chosen(stream), requestOf('https://x/', { from: '203.0.113.9' }));
  expect(hop!.trace.outcome).toMatchObject({ kind: 'unknown', reason: expect.stringContaining(reason) });
});
