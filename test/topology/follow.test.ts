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

test('one of several servers is not followed, and said', () => {
  const front = nginxWith(
    'upstream pool { server 127.0.0.1:8081; server 127.0.0.1:8082; } server { listen 80; location / { proxy_pass http://pool; } }',
  );
  const hops = follow(
    topologyOf({ 'a.nginx': front, 'b.nginx': nginxWith('server { listen 8081; return 204; }') }),
    requestOf('http://x/'),
  );
  expect(hops).toHaveLength(1);
  expect(hops[0]!.stop).toContain('One of 2 servers is asked');
});
