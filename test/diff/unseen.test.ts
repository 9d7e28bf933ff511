/** What `diff` says of changes that no answer to an ordinary request shows, and of those that are none. */
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/syntax/tree.ts';
import { statementsOf } from './sides.ts';

const nginx = (lines: string, http = '', main = ''): string =>
  `events {}\n${main}\nhttp {\n${http}\nserver {\nlisten 127.0.0.1:8080;\nserver_name a.example;\n${lines}\n}\n}\n`;
const location = (lines: string): string => `location / { proxy_pass http://127.0.0.1:1; ${lines} }`;
const apache = (lines: string): string =>
  `Listen 8080\n<VirtualHost *:8080>\nServerName a.example\nProxyPass / http://127.0.0.1:1/\n${lines}\n</VirtualHost>\n`;

const whole: Readonly<Record<'nginx' | 'apache', (lines: string) => string>> = { nginx, apache };
const opened = 'allow 10.0.0.0/8; deny all;';
const zone = (size: string, rate: string): string =>
  `limit_req_zone $binary_remote_addr zone=one:${size} rate=${rate};`;
const realIp = (from: string): string => `set_real_ip_from ${from}; real_ip_header X-Forwarded-For;`;
const remoteIp = (from: string): string => `RemoteIPHeader X-Forwarded-For\nRemoteIPInternalProxy ${from}`;
const password = (file: string, who: string): string =>
  `<Location /a>\nAuthType Basic\nAuthName x\nAuthUserFile ${file}\nRequire ${who}\n</Location>`;
const internal = (port: number): string =>
  `location = /auth { internal; proxy_pass http://127.0.0.1:${port}; } ${location('auth_request /auth;')}`;

interface Case {
  readonly what: string;
  readonly dialect: 'nginx' | 'apache';
  readonly old: string;
  readonly now: string;
  /** The beginning of a statement. */
  readonly said: RegExp;
}

const group = (servers: string): string => `upstream app { ${servers} }`;

const cases: readonly Case[] = [
  {
    what: 'the share of a server',
    dialect: 'nginx',
    old: `} ${group('server 127.0.0.1:1 weight=1; server 127.0.0.1:2 weight=2 backup;')} server { location / { proxy_pass http://app; }`,
    now: `} ${group('server 127.0.0.1:1; server 127.0.0.1:2 backup weight=3;')} server { location / { proxy_pass http://app; }`,
    said: /^info balancing: the group app: the server 127\.0\.0\.1:2 was backup weight=2, is backup weight=3 now/,
  },
  {
    what: 'the way in which requests are shared, in a group of another name',
    dialect: 'nginx',
    old: `} ${group('server 127.0.0.1:1;')} server { location / { proxy_pass http://app; }`,
    now: `} upstream other { least_conn; server 127.0.0.1:1; } server { location / { proxy_pass http://other; }`,
    said: /^info balancing: the group other: least_conn was not set, is set now/,
  },
  {
    what: 'the share of a member of a balancer',
    dialect: 'apache',
    old: '<Proxy balancer://b>\nBalancerMember http://127.0.0.1:1 loadfactor=2\n</Proxy>\nProxyPass /b balancer://b/',
    now: '<Proxy balancer://b>\nBalancerMember http://127.0.0.1:1 loadfactor=3\n</Proxy>\nProxyPass /b balancer://b/',
    said: /^info balancing: the group .*b: the server http:\/\/127\.0\.0\.1:1 was loadfactor=2, is loadfactor=3 now/,
  },
  {
    what: 'a client that only a trusted proxy may name, in a list',
    dialect: 'nginx',
    old: `${realIp('192.168.1.1')} ${location(opened)}`,
    now: `${realIp('0.0.0.0/0')} ${location(opened)}`,
    said: /^error access-opened: .*for clients such as 198\.51\.100\.77, is passed/,
  },
  {
    what: 'the proxies that are trusted, where nothing reads the address',
    dialect: 'nginx',
    old: realIp('192.168.1.1') + location(''),
    now: realIp('192.168.0.0/16') + location(''),
    said: /^error header-trust: .*set_real_ip_from was 192\.168\.1\.1, is 192\.168\.0\.0\/16 now/,
  },
  {
    what: 'fewer proxies that are trusted',
    dialect: 'nginx',
    old: realIp('192.168.0.0/16') + location(''),
    now: realIp('192.168.1.1') + location(''),
    said: /^warning protection: .*set_real_ip_from was/,
  },
  {
    what: 'a header that is no longer taken away',
    dialect: 'nginx',
    old: location('proxy_set_header X-User-Role "";'),
    now: location(''),
    said: /^error header-trust: .*X-User-Role at the backend was not sent, is what the client sent/,
  },
  {
    what: 'cookies that are taken away',
    dialect: 'nginx',
    old: location(''),
    now: location('proxy_set_header Cookie "";'),
    said: /^warning header-lost: .*the header Cookie/,
  },
  {
    what: 'a list to which clients may add',
    dialect: 'nginx',
    old: location('proxy_set_header X-Forwarded-For $remote_addr;'),
    now: location('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;'),
    said: /^error header-trust: .*X-Forwarded-For/,
  },
  {
    what: 'a file of passwords',
    dialect: 'nginx',
    old: location('auth_basic x; auth_basic_user_file /a;'),
    now: location('auth_basic x; auth_basic_user_file /b;'),
    said: /^warning protection: .*auth_basic_user_file was \/a, is \/b now/,
  },
  {
    what: 'a limit that is gone',
    dialect: 'nginx',
    old: location('limit_conn a 3;'),
    now: location(''),
    said: /^error protection-lost: .*limit_conn was a 3, is not set now/,
  },
  {
    what: 'a virtual host without routes',
    dialect: 'nginx',
    old: 'root /srv; ssi off;',
    now: 'root /srv; ssi on;',
    said: /^info setting: .*ssi was off, is on now/,
  },
  {
    what: 'where the server asks whether a client may come in',
    dialect: 'nginx',
    old: internal(9),
    now: internal(10),
    said: /^warning target: location = \/auth of a\.example: proxy_pass was/,
  },
  {
    what: 'a status that is put in the place of another one',
    dialect: 'nginx',
    old: `location = /a { error_page 404 =200 /b; return 404; } ${location('')}`,
    now: `location = /a { error_page 404 =201 /b; return 404; } ${location('')}`,
    said: /^info setting: .*error_page was 404 =200 \/b, is 404 =201 \/b now/,
  },
  {
    what: 'what cannot be told on either side',
    dialect: 'nginx',
    old: 'location / { access_by_lua_file a.lua; proxy_pass http://127.0.0.1:1; }',
    now: 'location / { access_by_lua_file a.lua; proxy_pass http://127.0.0.1:2; }',
    said: /^warning target: .*proxy_pass was http:\/\/127\.0\.0\.1:1, is/,
  },
  {
    what: 'a denial that gives way to what cannot be told',
    dialect: 'nginx',
    old: location('deny all;'),
    now: location('access_by_lua_file a.lua;'),
    said: /^warning access-undecided: .*was denied \(403\)/,
  },
  {
    what: 'certificates of clients',
    dialect: 'nginx',
    old: `listen 127.0.0.1:8443 ssl; ssl_client_certificate /a; ssl_verify_client on; ${location('')}`,
    now: `listen 127.0.0.1:8443 ssl; ssl_client_certificate /a; ssl_verify_client optional; ${location('')}`,
    said: /^error protection-lost: .*ssl_verify_client was on, is optional now/,
  },
  {
    what: 'which of the users',
    dialect: 'apache',
    old: password('/a', 'user bob'),
    now: password('/a', 'valid-user'),
    said: /^warning protection: .*who is let in with a password was user bob, is valid-user now/,
  },
  {
    what: 'a file of users',
    dialect: 'apache',
    old: password('/a', 'valid-user'),
    now: password('/b', 'valid-user'),
    said: /^warning protection: .*AuthUserFile was \/a, is \/b now/,
  },
  {
    what: 'a proxy for everybody',
    dialect: 'apache',
    old: '',
    now: 'ProxyRequests On',
    said: /^error protection-lost: .*ProxyRequests was not set, is On now/,
  },
  {
    what: 'what a folder allows',
    dialect: 'apache',
    old: '<Directory /srv>\nOptions -Indexes\n</Directory>',
    now: '<Directory "/srv">\nOptions Indexes\n</Directory>',
    said: /^warning protection: <Directory \/srv> of a\.example: Options was -Indexes, is Indexes now/,
  },
  {
    what: 'proxies whose word counts in a list',
    dialect: 'apache',
    old: `${remoteIp('10.0.0.1')}\n<Location />\nRequire ip 10.1.0.0/16\n</Location>`,
    now: `${remoteIp('10.0.0.1 198.51.0.0/16')}\n<Location />\nRequire ip 10.1.0.0/16\n</Location>`,
    said: /^error access-opened: /,
  },
  {
    what: 'a header that httpd no longer takes away',
    dialect: 'apache',
    old: 'RequestHeader unset X-User',
    now: '',
    said: /^error header-trust: .*X-User/,
  },
];

describe('is told', () => {
  test.each(cases.map((each) => [each.what, each] as const))('%s', async (_, { dialect, old, now, said }) => {
    expectOne(await statementsOf(dialect, whole[dialect](old), whole[dialect](now)), said);
  });

  test('a rate, but not the size of its zone in other units', async () => {
    const lines = location('limit_req zone=one burst=5;');
    const said = await statementsOf('nginx', nginx(lines, zone('10m', '1r/s')), nginx(lines, zone('10m', '9r/s')));
    expectOne(said, /^warning protection: .*rate=1r\/s, is .*rate=9r\/s now/);
    expect(
      await statementsOf('nginx', nginx(lines, zone('10m', '1r/s')), nginx(lines, zone('10240k', '1r/s'))),
    ).toEqual([]);
  });

  test('an address in the place of a group, which Host follows', async () => {
    const group = 'upstream app { server 127.0.0.1:1; }';
    const said = await statementsOf(
      'nginx',
      nginx('location / { proxy_pass http://app; }', group),
      nginx(location(''), group),
    );
    expectOne(said, /^warning header-changed: .*the header Host at the backend was "app", is "127\.0\.0\.1:1" now/);
  });

  const server = (words: string): string => `server { ${words} }`;
  test.each([
    [
      'stream { server { listen 53; proxy_pass 10.0.0.1:53; } }',
      'stream { server { listen 53; proxy_pass 10.0.0.2:53; } }',
      /^warning target: stream server \(53\): proxy_pass was/,
    ],
    [
      'stream { server { listen 53; proxy_pass a:1; deny all; } }',
      'stream { server { listen 53; proxy_pass a:1; } }',
      /^warning protection: stream server \(53\): deny was all, is not set now/,
    ],
    ['', 'stream { server { listen 54; proxy_pass a:1; } }', /^warning listener-new: stream server \(54\)/],
    ['mail { auth_http localhost/a; }', 'mail { auth_http localhost/b; }', /^warning target: mail: auth_http was/],
  ])('%s', async (old, now, said) => {
    expectOne(await statementsOf('nginx', nginx(server(''), '', old), nginx(server(''), '', now)), said);
  });
});

function expectOne(statements: readonly string[], said: RegExp): void {
  expect(
    statements.some((each) => said.test(each)),
    statements.join('\n'),
  ).toBe(true);
}

describe('nothing is said of', () => {
  test.each<[string, Dialect, string, string]>([
    [
      'defaults that are written out',
      'nginx',
      nginx(location('')),
      nginx(
        `keepalive_timeout 75s; client_max_body_size 1024k; gzip off; ${location('proxy_read_timeout 1m; proxy_buffering ON;')}`,
      ),
    ],
    [
      'other units, quotes and orders',
      'nginx',
      nginx(
        location('proxy_read_timeout 90; proxy_hide_header A; proxy_hide_header B; proxy_next_upstream error timeout;'),
      ),
      nginx(
        location(
          'proxy_read_timeout "1m 30s"; proxy_hide_header B; proxy_hide_header "A"; proxy_next_upstream timeout error;',
        ),
      ),
    ],
    [
      'braces around variables',
      'nginx',
      nginx(location('proxy_cache_key $host$uri;')),
      nginx(location('proxy_cache_key ${host}${uri};')),
    ],
    [
      'defaults of httpd',
      'apache',
      apache(''),
      apache('KeepAlive on\nProxyRequests off\nUseCanonicalName OFF\nTimeout 60'),
    ],
    [
      'quotes and case of httpd',
      'apache',
      apache('ProxyTimeout 300\nKeepAlive On'),
      apache('ProxyTimeout "300"\nkeepalive ON'),
    ],
    [
      'the order of options',
      'apache',
      apache('<Directory /srv>\nOptions Indexes FollowSymLinks\n</Directory>'),
      apache('<Directory /srv>\nOptions FollowSymLinks Indexes\n</Directory>'),
    ],
  ])('%s', async (_, dialect, old, now) => {
    expect(await statementsOf(dialect, old, now)).toEqual([]);
  });
});
