import { describe, expect, test } from 'vitest';
import { trace } from '../../src/requests/ask.ts';
import type { RepresentativeRequest } from '../../src/requests/representative-request.ts';
import { representativeRequests, type Subject } from '../../src/requests/representatives.ts';
import { requestKey } from '../../src/requests/request-to.ts';
import { lower } from '../../src/servers/index.ts';
import type { Trace } from '../../src/model/trace.ts';
import type { Dialect } from '../../src/syntax/tree.ts';
import { configOf } from '../helpers/lint.ts';

interface Asked extends RepresentativeRequest {
  readonly answer: Trace;
}

async function subjectOf(dialect: Dialect, text: string): Promise<Subject> {
  const config = await configOf({
    path: `a.${dialect}`,
    text,
    dialect,
    level: dialect === 'apache' ? 'server' : 'main',
  });
  return { config, model: lower(config, {}), targets: {} };
}

async function askAll(dialect: Dialect, text: string): Promise<readonly Asked[]> {
  const subject = await subjectOf(dialect, text);
  return [...representativeRequests(subject)].map((each) => ({
    ...each,
    answer: trace(subject, each.request, () => undefined),
  }));
}

const statusOf = ({ answer: { outcome } }: Asked): number | string =>
  outcome.kind === 'response' ? outcome.status : outcome.kind;

const nginx = (server: string, http = ''): string =>
  `events {}\nhttp {\n${http}\nserver { listen 80; server_name a.example; ${server} }\n}\n`;

describe('nginx', () => {
  test.each([
    ['= /a', ''],
    ['/a/', ''],
    ['^~ /a', ''],
    [String.raw`~ \.(php|cgi)$`, 'location ~ /\\. { return 404; }'],
    [String.raw`~* "^/img/[a-z]+/(\d{2,4})\.jpe?g$"`, 'location /img/ { return 204; }'],
    ['~ ^/(?<user>[^/]+)/files', ''],
  ])('location %s is reached', async (location, before) => {
    const asked = await askAll(
      'nginx',
      nginx(`${before} location ${location} { return 299; } location / { return 200; }`),
    );
    expect(asked.some((each) => statusOf(each) === 299 && each.standsFor.route?.directive.args[0])).toBe(true);
    expect(asked.some((each) => statusOf(each) === 200)).toBe(true);
  });

  test('a location inside another one is reached', async () => {
    const asked = await askAll('nginx', nginx('location /app { location ~ /old/(.*)$ { return 299; } return 200; }'));
    expect(new Set(asked.map(statusOf))).toContain(299);
  });

  test.each([
    ['if ($request_method = PURGE) { return 299; }', ''],
    ['if ($http_x_role ~ ^(?:admin|ops)$) { return 299; }', ''],
    ['if ($arg_debug = 1) { return 299; }', ''],
    ['if ($cookie_beta) { return 299; }', ''],
    ['if ($host = b.example) { return 299; }', ''],
    ['if ($request_uri ~ ^/secret/) { return 299; }', ''],
    ['if ($is_bot) { return 299; }', 'map $http_user_agent $is_bot { default 0; ~*crawler 1; }'],
    ['if ($office) { return 299; }', 'geo $office { default 0; 10.1.0.0/16 1; }'],
    ['if ($invalid_referer) { return 299; }', ''],
    ['set $f ""; if ($http_a = x) { set $f A; } if ($arg_c = y) { set $f "${f}B"; } if ($f = AB) { return 299; }', ''],
    ['rewrite ^/old/(.*)$ /new/$1 permanent;', ''],
  ])('%s is met', async (server, http) => {
    const without = await askAll('nginx', nginx('location / { return 200; }', http));
    const asked = await askAll('nginx', nginx(`${server} location / { return 200; }`, http));
    if (server.includes('invalid_referer')) expect(asked.length).toBeGreaterThan(0);
    else expect(asked.map(statusOf)).toEqual(expect.arrayContaining([server.startsWith('rewrite') ? 301 : 299]));
    expect(new Set(without.map(statusOf))).toEqual(new Set([200]));
  });

  test('addresses at both ends of a network, and one outside, tell a list of clients apart', async () => {
    const asked = await askAll(
      'nginx',
      nginx('location / { allow 10.1.0.0/16; deny all; return 204; proxy_pass http://127.0.0.1:1; }'),
    );
    const clients = new Set(asked.map(({ request }) => request.from));
    expect(clients).toEqual(new Set(['198.51.100.77', '10.1.0.1', '10.1.255.254']));
  });

  test('methods are asked together with clients', async () => {
    const location =
      'location / { proxy_pass http://127.0.0.1:1; allow 10.0.0.0/8; deny all; limit_except GET { deny all; } }';
    const asked = await askAll('nginx', nginx(location));
    const pairs = asked.map(({ request }) => `${request.method} ${request.from}`);
    expect(pairs).toContain('DELETE 10.0.0.1');
  });

  test('a body at the limit and one beyond it', async () => {
    const asked = await askAll(
      'nginx',
      nginx('client_max_body_size 2k; location / { proxy_pass http://127.0.0.1:1; }'),
    );
    const byBody = new Map(asked.map((each) => [each.request.bodySize, statusOf(each)]));
    expect(byBody.get(2048)).toBe('proxy');
    expect(byBody.get(2049)).toBe(413);
  });

  test('names: exact, by wildcard, by pattern, and one that nobody has', async () => {
    const names = String.raw`server_name b.example *.c.example .d.example www.e.* "~^u\d+\.f\.example$";`;
    const text = `http { server { listen 80; return 200; } server { listen 80; ${names} return 299; } }`;
    const asked = await askAll('nginx', text);
    const named = asked.filter((each) => statusOf(each) === 299).map(({ request }) => request.host);
    const all = ['b.example', 'x.c.example', 'x.d.example', 'd.example', 'www.e.example', 'u0.f.example'];
    expect(new Set(named)).toEqual(new Set(all));
    expect(asked.filter((each) => statusOf(each) === 200).map(({ request }) => request.host)).toContain('host');
  });

  test('one listener of a kind gets all, the others the root; a PROXY header where one is expected', async () => {
    const server =
      'server { listen 80; listen [::]:80; listen 443 ssl; listen 81 proxy_protocol; location /a { return 200; } }';
    const asked = await askAll('nginx', `http { ${server} }`);
    const ports = new Map<number, number>();
    for (const { request } of asked.filter(({ request }) => request.target === '/a'))
      ports.set(request.port, (ports.get(request.port) ?? 0) + 1);
    expect([...ports.keys()]).toEqual([80, 443]);
    const wrapped = asked.filter(({ request }) => request.port === 81);
    expect(wrapped.length).toBeGreaterThan(0);
    expect(wrapped.every(({ request, answer }) => request.proxyHeader && answer.outcome.kind !== 'closed')).toBe(true);
  });

  test('each request comes once a virtual host, and their number grows with the config alone', async () => {
    const locations = (count: number): string =>
      Array.from(
        { length: count },
        (_, at) => `location /l${at} { if ($http_h${at}) { return 204; } return 200; }`,
      ).join('\n');
    const few = await askAll('nginx', nginx(locations(20)));
    const many = await askAll('nginx', nginx(locations(200)));
    expect(new Set(few.map(({ request }) => requestKey(request))).size).toBe(few.length);
    expect(many.length / few.length).toBeLessThan(11);
  });

  test('only the virtual hosts that are asked about', async () => {
    const subject = await subjectOf('nginx', 'http { server { server_name a; } server { server_name b; } }');
    const hosts = subject.model.virtualHosts.slice(1);
    const named = [...representativeRequests(subject, hosts)].map(({ request }) => request.host);
    expect(new Set(named)).toEqual(new Set(['b']));
  });
});

describe('httpd', () => {
  const apache = (lines: string): string =>
    `Listen 80\n<VirtualHost *:80>\nServerName a.example\nDocumentRoot /srv/www\n${lines}\n</VirtualHost>\n`;

  test.each([
    [
      'RewriteEngine on\nRewriteCond %{HTTP:X-Role} ^admin$\nRewriteCond %{REQUEST_METHOD} =PUT\nRewriteRule ^/old/ - [R=410]',
      410,
    ],
    ['RewriteEngine on\nRewriteCond %{QUERY_STRING} ^debug=1\nRewriteRule ^ - [F]', 403],
    ['RewriteEngine on\nRewriteCond %{HTTP_HOST} ^www\\.\nRewriteRule ^ - [F]', 403],
    ['<If "%{REQUEST_URI} =~ m#^/secret#">\nRequire all denied\n</If>', 403],
    [`<If "req('X-Role') == 'admin'">\nRequire all denied\n</If>`, 403],
    [`<If "%{REQUEST_METHOD} in {'PROPFIND', 'TRACE'}">\nRequire all denied\n</If>`, 403],
    [`<If "-R '192.0.2.0/24'">\nRequire all denied\n</If>`, 403],
    ['<FilesMatch "\\.(bak|old)$">\nRequire all denied\n</FilesMatch>', 403],
    ['<Directory /srv/www/files>\nRequire all denied\n</Directory>', 403],
    ['<LocationMatch "^/(a|b)/c">\nRequire all denied\n</LocationMatch>', 403],
    ['<Limit PATCH>\nRequire all denied\n</Limit>', 403],
    ['SetEnvIf User-Agent "^bad" no\n<Location />\nRequire not env no\n</Location>', 403],
    ['RedirectMatch 410 ^/gone/(.*)\\.php$', 410],
  ])('%s is met', async (lines, status) => {
    const asked = await askAll('apache', apache(lines));
    const answers = new Set(asked.map(statusOf));
    expect(answers.has(status), [...answers].join()).toBe(true);
    expect(answers.size).toBeGreaterThan(1);
  });
});

test('httpd: a virtual host of all addresses is asked where a socket is open', async () => {
  const host = '<VirtualHost *:8080>\nServerName a.example\nRedirect 410 /gone\n</VirtualHost>\n';
  for (const listen of ['127.0.0.1:8080', '[::1]:8080', '8080', '0.0.0.0:8080']) {
    const asked = await askAll('apache', `Listen ${listen}\n${host}`);
    expect(asked.map(statusOf), listen).toContain(410);
  }
});

describe('sslh', () => {
  test('each entry gets a connection', async () => {
    const text = `listen: ( { host: "0.0.0.0"; port: "443"; } );
protocols: ( { name: "ssh"; host: "localhost"; port: "22"; },
  { name: "tls"; host: "localhost"; port: "1"; sni_hostnames: [ "a.example" ]; },
  { name: "tls"; host: "localhost"; port: "2"; alpn_protocols: [ "xmpp-client" ]; },
  { name: "regex"; host: "localhost"; port: "3"; regex_patterns: [ "^HELO" ]; },
  { name: "http"; host: "localhost"; port: "80"; },
  { name: "tls"; host: "localhost"; port: "443"; } );`;
    const asked = await askAll('sslh', text);
    const backends = asked.map(({ answer: { outcome } }) => (outcome.kind === 'tunnel' ? outcome.backend : ''));
    expect(backends).toEqual(
      expect.arrayContaining(['22', '1', '2', '3', '80', '443'].map((port) => `localhost:${port}`)),
    );
  });
});
