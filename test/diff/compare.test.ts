import { describe, expect, test } from 'vitest';
import { compareTexts, statementsOf } from './sides.ts';

const server = (lines: string, http = ''): string =>
  `events {}\nhttp {\n${http}\nserver {\nlisten 127.0.0.1:8080;\nserver_name a.example;\n${lines}\n}\n}\n`;
const pass = 'location / { proxy_pass http://127.0.0.1:1; }';

const nginx = (old: string, now: string): Promise<readonly string[]> => statementsOf('nginx', server(old), server(now));

describe('nothing is said of', () => {
  test.each([
    ['layout and comments', server(pass), server(`# a comment\n${pass.replaceAll(' ', '\n   ')}`)],
    ['the order of servers with names of their own', ...swapped()],
    [
      'the name of a group',
      server('location / { proxy_pass http://a; }', 'upstream a { server 127.0.0.1:1; }'),
      server('location / { proxy_pass http://b; }', 'upstream b { server 127.0.0.1:1; }'),
    ],
    ['logging', server(pass), server(`access_log /var/log/a.log;\n${pass}`)],
    [
      'the order of prefixes',
      server(`location /a { return 204; }\n${pass}`),
      server(`${pass}\nlocation /a { return 204; }`),
    ],
    ['what stands in no way', server(pass), server(pass, 'upstream unused { server 127.0.0.1:9; }')],
  ])('%s', async (_, old, now) => {
    expect(await statementsOf('nginx', old, now)).toEqual([]);
  });
});

function swapped(): readonly [string, string] {
  const [a, b] = ['a', 'b'].map(
    (name) => `server { listen 127.0.0.1:8080; server_name ${name}.example; return 200 ${name}; }`,
  );
  const first = 'server { listen 127.0.0.1:8080 default_server; return 404; }';
  return [`http { ${first} ${a} ${b} }`, `http { ${first} ${b} ${a} }`];
}

describe('a virtual host is asked where what it names has changed', () => {
  const group = (name: string, port: number): string => `upstream ${name} { server 127.0.0.1:${port}; }`;
  test.each([
    ['in other case', 'app', 'proxy_pass http://APP;'],
    ['with signs in the name', 'a+b', 'proxy_pass http://a+b;'],
    ['by a variable', 'app_blue', 'set $c blue; proxy_pass http://app_$c;'],
  ])('%s', async (_, name, lines) => {
    const body = `location / { ${lines} }`;
    const said = await statementsOf('nginx', server(body, group(name, 1)), server(body, group(name, 2)));
    expect(said.join('\n')).toMatch(/^warning target: /);
  });
});

test('a header that changes hides nothing of what opens where a file is missing', async () => {
  const old = 'location / { root /srv; error_page 404 = @a; } location @a { return 403; }';
  const now = `location / { root /srv; error_page 404 = @a; add_header X-A 1; } ${pass.replace('/', '@a')}`;
  const said = await nginx(old, now);
  expect(said.some((each) => each.startsWith('error access-opened:'))).toBe(true);
});

describe('nginx', () => {
  test('access that opens comes first, with whom it was closed to', async () => {
    const guarded = `${pass} location /admin/ { allow 10.0.0.0/8; deny all; proxy_pass http://127.0.0.1:1; }`;
    const open = `${pass.replace(':1;', ':2;')} location /admin/ { proxy_pass http://127.0.0.1:1; }`;
    const said = await nginx(guarded, open);
    expect(said[0]).toBe(
      'error access-opened: http://a.example:8080/admin/**: was denied (403) for clients such as 198.51.100.77, is passed to 127.0.0.1:1 now',
    );
    expect(said[1]).toMatch(/^warning target: .*was passed to 127\.0\.0\.1:1, is passed to 127\.0\.0\.1:2 now$/);
    const closed = await nginx(open, guarded);
    expect(closed.some((each) => each.startsWith('warning access-closed:'))).toBe(true);
  });

  test.each([
    [
      'a header that the backend trusts',
      'proxy_set_header X-Forwarded-Proto $scheme;',
      '',
      'error header-trust: .*X-Forwarded-Proto',
    ],
    [
      'a header of the application',
      'proxy_set_header X-Site a;',
      'proxy_set_header X-Site b;',
      'warning header-changed: .*X-Site',
    ],
    ['HSTS', 'add_header Strict-Transport-Security max-age=1 always;', '', 'warning security-header-lost: .*Strict'],
    ['a response header', '', 'add_header X-A b;', 'info response-header: .*X-A'],
    [
      'the limit of bodies',
      'client_max_body_size 10m;',
      'client_max_body_size 1m;',
      'warning body-limit: .*was let through, is refused',
    ],
    ['a timeout', '', 'proxy_read_timeout 5s;', 'info setting: .*proxy_read_timeout was not set, is 5s now'],
    ['a password', 'auth_basic x; auth_basic_user_file /p;', '', 'error access-opened|warning protection'],
    [
      'a WebSocket',
      'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;',
      '',
      'warning websocket-lost: ',
    ],
  ])('%s', async (_, old, now, expected) => {
    const location = (lines: string): string => `location / { proxy_pass http://127.0.0.1:1; ${lines} }`;
    const said = await nginx(location(old), location(now));
    expect(
      said.some((each) => new RegExp(`^(?:${expected})`).test(each)),
      said.join('\n'),
    ).toBe(true);
  });

  test.each([
    [
      'a status',
      'location /a { return 301 /b; }',
      'location /a { return 302 /b; }',
      'warning status: .*was 301, is 302',
    ],
    ['a redirect', 'location /a { return 301 /b; }', 'location /a { return 301 /c; }', 'warning redirect: '],
    [
      'the path at the backend',
      'location /a/ { proxy_pass http://127.0.0.1:1; }',
      'location /a/ { proxy_pass http://127.0.0.1:1/; }',
      'warning path: ',
    ],
    ['the handler', pass, 'location / { return 204; }', 'warning handler: '],
    ['files', 'root /a;', 'root /b;', 'warning files: '],
    ['a condition', pass, `if ($http_x_role = admin) { return 403; } ${pass}`, 'warning access-closed: '],
    ['a listener', pass, `listen 127.0.0.1:8081; ${pass}`, 'warning listener-new: .*8081'],
    ['what cannot be told', pass, `if ($msec ~ 1) { return 204; } ${pass}`, 'info undecided: '],
    ['a mistake', pass, `${pass} no_such_directive;`, 'error refused-by-server: '],
  ])('%s', async (_, old, now, expected) => {
    const said = await nginx(old, now);
    expect(
      said.some((each) => new RegExp(`^${expected}`).test(each)),
      said.join('\n'),
    ).toBe(true);
  });

  test('old versions of TLS', async () => {
    const tls = (versions: string): string => server(`listen 127.0.0.1:8443 ssl; ssl_protocols ${versions}; ${pass}`);
    const said = await statementsOf('nginx', tls('TLSv1.2 TLSv1.3'), tls('TLSv1 TLSv1.2 TLSv1.3'));
    expect(said.join('\n')).toMatch(
      /^error tls-weaker: TLS for a\.example: what is offered was TLSv1\.2, TLSv1\.3, is TLSv1, TLSv1\.2, TLSv1\.3 now/m,
    );
  });

  test('routes that move together are told together', async () => {
    const routes = (port: number): string =>
      Array.from({ length: 12 }, (_, at) => `location /r${at}/ { proxy_pass http://127.0.0.1:${port}; }`).join('\n');
    const { statements } = await compareTexts('nginx', server(routes(1)), server(routes(2)));
    expect(statements.map(({ kind, subjects }) => [kind, subjects.length])).toEqual([['target', 12]]);
  });

  test('virtual hosts that are the same are not asked, whatever changes beside them', async () => {
    const hosts = (port: number): string =>
      [1, 2, 3]
        .map(
          (at) =>
            `server { listen 127.0.0.1:8080; server_name h${at}.example; location / { proxy_pass http://127.0.0.1:${at === 2 ? port : 1}; } }`,
        )
        .join('\n');
    const { hosts: counts, statements } = await compareTexts('nginx', `http { ${hosts(1)} }`, `http { ${hosts(9)} }`);
    expect(counts).toEqual({ all: 3, same: 2, rootOnly: 0 });
    expect(statements.map(({ kind }) => kind)).toEqual(['target']);
  });

  test('a map that a virtual host names is a part of it', async () => {
    const map = (value: string): string =>
      server('if ($role) { return 403; } return 204;', `map $http_x $role { default 0; a ${value}; }`);
    expect(await statementsOf('nginx', map('0'), map('1'))).toEqual([expect.stringMatching(/^warning access-closed/)]);
  });

  test('of two servers of one name the first has it', async () => {
    const [a, b] = ['a', 'b'].map(
      (text) => `server { listen 127.0.0.1:8080; server_name x.example; return 200 ${text}; }`,
    );
    expect((await statementsOf('nginx', `http { ${a} ${b} }`, `http { ${b} ${a} }`)).length).toBeGreaterThan(0);
  });
});

describe('httpd', () => {
  const apache = (lines: string): string =>
    `Listen 8080\n<VirtualHost *:8080>\nServerName a.example\nProxyPass / http://127.0.0.1:1/\n${lines}\n</VirtualHost>\n`;

  test.each([
    [
      'access',
      '<Location /admin>\nRequire ip 10.0.0.0/8\n</Location>',
      '',
      'error access-opened: http://a\\.example:8080/',
    ],
    ['a header', 'RequestHeader set X-Forwarded-Proto https', '', 'error header-trust: .*X-Forwarded-Proto'],
    [
      'a redirect',
      'RewriteEngine on\nRewriteRule ^/old /new [R=301]',
      'RewriteEngine on\nRewriteRule ^/old /new [R=302]',
      'warning status: .*was 301, is 302',
    ],
  ])('%s', async (_, old, now, expected) => {
    const said = await statementsOf('apache', apache(old), apache(now));
    expect(
      said.some((each) => new RegExp(`^${expected}`).test(each)),
      said.join('\n'),
    ).toBe(true);
    expect(await statementsOf('apache', apache(old), apache(`# comment\n${old}`))).toEqual([]);
  });
});

describe('sslh', () => {
  test('a target that moves', async () => {
    const sslh = (port: number): string =>
      `listen: ( { host: "0.0.0.0"; port: "443"; } );\nprotocols: ( { name: "tls"; host: "localhost"; port: "${port}"; } );\n`;
    const said = await statementsOf('sslh', sslh(1), sslh(2));
    expect(said[0]).toMatch(/^warning target: .*localhost:1, .*localhost:2 now$/);
    expect(await statementsOf('sslh', sslh(1), `# comment\n${sslh(1)}`)).toEqual([]);
  });
});
