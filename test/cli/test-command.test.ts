/** `proxylint test` from the command line. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, onTestFinished, test } from 'vitest';
import { installedVersion, serversRequired } from '../oracle/lib/install.ts';
import { freePorts, listening } from '../oracle/routing/play.ts';
import { folder, runCli } from '../helpers/run-cli.ts';

const nginx = `events {}
http {
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  upstream app { server 127.0.0.1:9000; server 127.0.0.1:9001; }
  server { listen 80; server_name a.example; return 301 https://$host$request_uri; }
  server {
    listen 443 ssl;
    server_name a.example;
    ssl_certificate a.pem;
    ssl_certificate_key a.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    add_header X-Kind app always;
    location / {
      proxy_pass http://app;
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-Proto $scheme;
    }
    location /ws {
      proxy_pass http://app/socket;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }
    location /admin { allow 10.0.0.0/8; deny all; proxy_pass http://127.0.0.1:9002; }
    location /static { root /srv; }
  }
}
`;

function run(tests: string, args: readonly string[] = [], files: Readonly<Record<string, string>> = {}) {
  const cwd = folder({ 'nginx.conf': nginx, 'proxylint.test.yaml': `configs: nginx.conf\n${tests}`, ...files });
  return runCli(['test', ...args], { cwd });
}

interface Json {
  readonly files: readonly {
    readonly tests: readonly {
      readonly name: string;
      readonly verdict: string;
      readonly checks: readonly { key: string; verdict: string; actual: string; line?: number }[];
    }[];
  }[];
}

const rows = [
  [
    'http://a.example/x?y',
    '{ status: 301, location: "https://a.example/x?y", denied: false, backend: app }',
    'status passed, location passed, denied passed, backend failed',
  ],
  ['http://a.example/', '{ status: 3xx, file: /a }', 'status passed, file failed'],
  [
    'https://a.example/x',
    '{ backend: app, protocol: http, path: /x, method: GET, route: /, virtualHost: a.example }',
    'backend passed, protocol passed, path passed, method passed, virtualHost passed, route passed',
  ],
  ['https://a.example/x', '{ backend: "127.0.0.1:9001", status: 200 }', 'status failed, backend passed'],
  [
    'https://a.example/x',
    '{ backendHeaders: { x-forwarded-proto: https, X-Real-IP: null, Host: { from: config }, Accept: { set: true } } }',
    'backendHeaders.x-forwarded-proto passed, backendHeaders.X-Real-IP passed, backendHeaders.Host passed, backendHeaders.Accept failed',
  ],
  [
    'https://a.example/x',
    '{ responseHeaders: { x-kind: app, X-Other: null } }',
    'responseHeaders.x-kind passed, responseHeaders.X-Other passed',
  ],
  ['https://a.example/ws', '{ httpVersion: "1.1", path: /socket }', 'path passed, httpVersion passed'],
  ['http://a.example/x', '{ body: null, httpVersion: "1.1" }', 'body passed, httpVersion failed'],
  [
    'https://a.example/x',
    '{ backendHeaders: { Host: a.example, x-forwarded-proto: https }, responseHeaders: { X-Kind: app }, noOtherHeaders: true }',
    'backendHeaders.Host passed, backendHeaders.x-forwarded-proto passed, responseHeaders.X-Kind passed, noOtherHeaders passed',
  ],
  [
    'https://a.example/x',
    '{ backendHeaders: { Host: a.example }, noOtherHeaders: true }',
    'backendHeaders.Host passed, noOtherHeaders failed',
  ],
  [
    'https://a.example/x',
    '{ tls: { offers: [TLSv1.3], refuses: [TLSv1.1, TLSv1.2] } }',
    'tls.offers passed, tls.refuses passed, tls.refuses failed',
  ],
  ['wss://a.example/ws', '{ upgrade: true, path: /socket }', 'path passed, upgrade passed'],
  ['wss://a.example/x', '{ upgrade: true }', 'upgrade failed'],
  [
    '{ url: "https://a.example/admin", from: 192.0.2.1 }',
    '{ denied: true, status: 403 }',
    'status passed, denied passed',
  ],
  ['{ url: "https://a.example/admin", from: 10.0.0.1 }', '{ denied: true }', 'denied failed'],
  ['https://a.example/admin', '{ denied: true }', 'denied unknown'],
  ['https://a.example/static/a.css', '{ file: /srv/static/a.css, status: 200 }', 'status unknown, file passed'],
  ['https://a.example:444/', '{ denied: true, status: 200 }', 'status failed, denied passed'],
  [
    'http://a.example/',
    '{ backend: null, backendHeaders: { X-A: null }, file: { set: false } }',
    'file passed, backend passed, backendHeaders.X-A passed',
  ],
  ['https://a.example/x', '{ behind: { status: 200 } }', 'behind failed'],
] as const;

test('each key of an expectation', () => {
  const tests = rows.map(([request, wanted]) => `  - { request: ${request}, expect: ${wanted} }\n`).join('');
  const { stdout } = run(`tests:\n${tests}`, ['--format', 'json']);
  const [, ...played] = (JSON.parse(stdout) as Json).files[0]!.tests;
  const verdicts = played.map(({ checks }) => checks.map(({ key, verdict }) => `${key} ${verdict}`).join(', '));
  expect(verdicts).toEqual(rows.map(([, , expected]) => expected));
});

test.each([
  ['1.22', 'passed', 'failed'],
  ['1.29.2', 'failed', 'passed'],
])('nginx %s: whose TLS versions are offered to a name that is not that of the default server', (version, old, own) => {
  const server = (name: string, versions: string): string =>
    `server { listen 443 ssl; server_name ${name}; ssl_certificate a; ssl_certificate_key a; ssl_protocols ${versions}; return 204; }`;
  const config = `events {}\nhttp { ${server('a.example', 'TLSv1.2')} ${server('b.example', 'TLSv1.3')} }\n`;
  const wanted = '{ tls: { offers: [TLSv1.2], refuses: [TLSv1.2] } }';
  const tests = `targets: { nginx: ${version} }\ntests:\n  - { request: "https://b.example/", expect: ${wanted} }\n`;
  const { stdout } = run(tests, ['--format', 'json'], { 'nginx.conf': config });
  const [, played] = (JSON.parse(stdout) as Json).files[0]!.tests;
  expect(played!.checks.map(({ verdict }) => verdict)).toEqual([old, own]);
});

test('all holds: status 0; something fails: 1, with the trace and the line that decides', () => {
  const good = run('tests: [{ request: "wss://a.example/ws", expect: { upgrade: true } }]\n');
  expect(good).toMatchObject({ status: 0, stderr: '' });
  expect(good.stdout).toMatch(
    /ok +the server loads nginx\.conf\n +ok +GET wss:\/\/a\.example\/ws\n\n2 passed, 0 failed\n$/,
  );
  const bad = run('tests: [{ request: "wss://a.example/other", expect: { upgrade: true } }]\n');
  expect(bad.status).toBe(1);
  expect(bad.stdout).toContain('upgrade: expected true: goes to app, without the upgrade\n        at nginx.conf:13:5');
  expect(bad.stdout).toContain('GET https://a.example:443/other');
});

test('what one test assumes of files holds for it alone, before what the file says', () => {
  const conf =
    'server { listen 80; server_name a.example; location / { root /srv; try_files $uri /index.html =404; } }\n';
  const tests = `configs: a.conf
assume: { missing: [/srv/a, /srv/index.html] }
tests:
  - { name: own, request: http://a.example/a, assume: { files: [/srv/a] }, expect: { file: /srv/a } }
  - { name: shared, request: http://a.example/a, expect: { status: 404 } }
`;
  const result = runCli(['test', 't.yaml'], { cwd: folder({ 'a.conf': conf, 't.yaml': tests }) });
  expect(result).toMatchObject({ status: 0, stdout: expect.stringContaining('3 passed, 0 failed') });
});

test('a config that the server refuses fails', () => {
  const { stdout, status } = run('tests: [{ request: http://a/, expect: { status: 200 } }]\n', [], {
    'nginx.conf': 'events {}\nhttp { server { listen 80 return 200; } }\n',
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/FAIL +the server loads nginx\.conf/);
});

test('what is assumed of files decides', () => {
  const { stdout, status } = run(
    `assume: { files: [/srv/static/a.css], missing: [/srv/static/b.css] }
tests:
  - { request: "https://a.example/static/a.css", expect: { status: 200 } }
  - { request: "https://a.example/static/b.css", expect: { status: 404 } }
`,
  );
  expect([status, stdout]).toEqual([0, expect.stringContaining('3 passed')]);
});

test('coverage', () => {
  const tests = 'tests: [{ request: "https://a.example/", expect: { backend: app } }]\n';
  const { stdout, status } = run(tests, ['--coverage']);
  expect(status).toBe(0);
  expect(stdout).toContain('1 of 5 routes reached (20 %)');
  expect(stdout).toContain('not reached: nginx.conf:18: a.example /ws');
  const low = run(tests, ['--min-coverage', '21']);
  expect([low.status, low.stderr]).toEqual([
    1,
    expect.stringContaining('fewer routes are reached than --min-coverage 21'),
  ]);
  expect(run(tests, ['--min-coverage', '20']).status).toBe(0);
});

test('servers behind one another', () => {
  const { status, stdout } = run(
    `tests:
  - request: https://a.example/admin
    config: front.conf
    expect: { behind: { backend: "127.0.0.1:3000", backendHeaders: { X-Forwarded-Proto: http } } }
`,
    ['--configs', 'front.conf', '--configs', 'inner.conf'],
    {
      'front.conf':
        'events {}\nhttp { server { listen 443 ssl; ssl_certificate a; ssl_certificate_key b; location / { proxy_pass http://127.0.0.1:8081; } } }\n',
      'inner.conf':
        'events {}\nhttp { server { listen 8081; location / { proxy_set_header X-Forwarded-Proto $scheme; proxy_pass http://127.0.0.1:3000; } } }\n',
    },
  );
  expect([status, stdout]).toEqual([0, expect.stringContaining('3 passed, 0 failed')]);
});

test('several configs: the one that is meant is named, in a document by line', () => {
  const block = (port: number): string =>
    `\`\`\`nginx\nserver {\n  listen 80;\n  location / { proxy_pass http://127.0.0.1:${port}; }\n}\n\`\`\`\n`;
  const files = { 'doc.md': `# A\n\n${block(1)}\n${block(2)}` };
  const one = (line: string): string =>
    `tests: [{ request: "http://a/", ${line} expect: { backend: "127.0.0.1:2" } }]\n`;
  const lost = run(one(''), ['--configs', 'doc.md'], files);
  expect([lost.status, lost.stdout]).toEqual([
    1,
    expect.stringMatching(/2 configs take this request: doc\.md:4, doc\.md:11; name one of them by "config"/),
  ]);
  expect(run(one('config: "doc.md:12",'), ['--configs', 'doc.md'], files).status).toBe(0);
  expect(run(one('config: "doc.md:5",'), ['--configs', 'doc.md'], files).status).toBe(1);
  expect(run(one('config: "doc.md:99",'), ['--configs', 'doc.md'], files).stdout).toContain(
    'no config is called doc.md:99',
  );
});

describe('formats', () => {
  const tests = `tests:
  - { name: "a # <b>", request: "https://a.example/", expect: { backend: other } }
  - { request: "https://a.example/admin", expect: { denied: true } }
`;
  test('tap', () => {
    const { stdout } = run(tests, ['--format', 'tap']);
    expect(stdout).toMatch(
      /^TAP version 14\n1\.\.3\nok 1 - the server loads nginx\.conf\nnot ok 2 - a \\# <b>\n {2}---\n/,
    );
    expect(stdout).toContain('\n  at: nginx.conf:13:5\n  expectation: proxylint.test.yaml:3:5\n  ...\n');
  });
  test('junit', () => {
    const { stdout } = run(tests, ['--format', 'junit']);
    expect(stdout).toContain('<testsuites name="proxylint test" tests="3" failures="1" errors="1">');
    expect(stdout).toContain('<testcase name="a # &lt;b&gt;"');
  });
  test('github', () => {
    const { stdout } = run(tests, ['--format', 'github']);
    expect(stdout).toMatch(
      /^::error file=[^,]*nginx\.conf,line=13,endLine=13,col=5,.*::backend: expected "other": "app"%0Aexpected in proxylint\.test\.yaml:3$/m,
    );
    expect(stdout).toMatch(/^::warning file=[^,]*nginx\.conf,.*cannot be told/m);
  });
});

test('the nearest file upward, and all below a directory', () => {
  const cwd = folder({
    'a/nginx.conf': nginx,
    'a/b/c/x.txt': '',
    'a/proxylint.test.yml': 'configs: nginx.conf\ntests: [{ request: http://a.example/, expect: { status: 301 } }]\n',
    'd/shop.proxylint.test.yaml':
      'configs: ../a/nginx.conf\ntests: [{ request: http://a.example/, expect: { status: 301 } }]\n',
  });
  expect(runCli(['test'], { cwd: join(cwd, 'a/b/c') })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('2 passed'),
  });
  expect(runCli(['test', '.'], { cwd })).toMatchObject({ status: 0, stdout: expect.stringContaining('4 passed') });
});

test.each([
  [['test', 'none.yaml'], 'proxylint: none.yaml: no such file\n'],
  [['test', 'empty'], 'proxylint: empty: no file of expectations (proxylint.test.yaml) in it\n'],
  [['test', 'a.yaml'], 'proxylint: a.yaml: says nothing of "configs"; name them there, or with --configs\n'],
  [['test', 'a.yaml', '--configs', 'a.yaml'], expect.stringContaining('no nginx, httpd or sslh config')],
  [['test', 'a.yaml', '--min-coverage', '101'], 'proxylint: --min-coverage 101: expected a percentage, 0 to 100\n'],
  [
    ['test', 'a.yaml', '--configs', 'n.conf', '--live', 'ftp://a'],
    'proxylint: --live ftp://a: expected http://HOST:PORT or https://HOST:PORT\n',
  ],
])('%j is told in a line', (args, stderr) => {
  const cwd = folder({
    'empty/x.txt': '',
    'n.conf': nginx,
    'a.yaml': 'tests: [{ request: http://a.example/, expect: { status: 301 } }]\n',
  });
  expect(runCli(args, { cwd })).toMatchObject({ status: 2, stdout: '', stderr });
});

test('--init writes what holds, and does not write over a file', () => {
  const cwd = folder({ 'nginx.conf': nginx });
  expect(runCli(['test', '--init', 'nginx.conf'], { cwd })).toEqual({
    status: 0,
    stdout: '',
    stderr: 'proxylint: proxylint.test.yaml: 19 expectations for 6 routes\n',
  });
  expect(runCli(['test', '--coverage'], { cwd })).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/5 of 5 routes reached \(100 %\)\n\n20 passed, 0 failed\n$/),
  });
  expect(runCli(['test', '--init', 'nginx.conf'], { cwd })).toMatchObject({
    status: 2,
    stderr: 'proxylint: proxylint.test.yaml is there already; name another one with --output-file\n',
  });
  expect(runCli(['test', '--init'], { cwd }).stderr).toBe(
    'proxylint: --init: name the configs that the expectations are about\n',
  );
});

test('the schema that is published takes what the program takes', () => {
  const validate = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(
    JSON.parse(readFileSync('schema/test.schema.json', 'utf8')) as object,
  );
  expect(validate({ tests: [{ request: 'http://a/', expect: { status: { oneOf: [301] } } }] })).toBe(true);
  expect(validate({ tests: [{ request: 'http://a/', expect: { statuss: 1 } }] })).toBe(false);
});

const version = installedVersion('nginx');
if (!version && !serversRequired) console.warn('Expectations are not played to a running nginx: it is not installed.');

test.skipIf(!version && !serversRequired)('a running server is asked, too', async () => {
  const port = await freePorts(1);
  const server = `server { listen 127.0.0.1:${port}; server_name a.example;
    add_header X-Kind a;
    location /old { return 301 http://a.example/new; }
    location /closed { return 444; }
    location /a { return 200 a; } }`;
  const main = (text: string): string =>
    `daemon off; pid nginx.pid; error_log stderr crit; events {}\nhttp { access_log off; ${text} }\n`;
  const cwd = folder({
    'nginx.conf': main(server),
    'other.conf': main(server.replace('/new', '/newer').replace('X-Kind a', 'X-Kind b')),
  });
  mkdirSync(join(cwd, 'logs'));
  const child = spawn('nginx', ['-p', cwd, '-c', 'nginx.conf'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGTERM'));
  await listening(child, port);
  const url = (path: string): string => `"http://a.example:${port}${path}"`;
  writeFileSync(
    join(cwd, 't.yaml'),
    `tests:
  - { request: ${url('/old')}, expect: { status: 301 } }
  - { request: ${url('/closed')}, expect: { denied: true } }
  - { request: ${url('/a')}, expect: { status: 200 } }
  - { request: { url: ${url('/a')}, from: 192.0.2.1 }, expect: { status: 200 } }
`,
  );
  const live = ['--live', `http://127.0.0.1:${port}`];
  const same = runCli(['test', 't.yaml', '--configs', 'nginx.conf', ...live], { cwd });
  expect(same).toMatchObject({
    status: 0,
    stderr: 'proxylint: 1 not played to the running server: the address of a client cannot be chosen\n',
  });
  const other = runCli(['test', 't.yaml', '--configs', 'other.conf', ...live], { cwd });
  expect(other.status).toBe(1);
  expect(other.stdout).toContain(
    'live.location: expected "http://a.example/newer": the running server says "http://a.example/new"',
  );
  expect(other.stdout).toContain('live.X-Kind: expected "b": the running server says "a"');
  const nobody = runCli(['test', 't.yaml', '--configs', 'nginx.conf', '--live', 'http://127.0.0.1:1'], { cwd });
  expect(nobody).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^proxylint: --live http:\/\/127\.0\.0\.1:1: connect ECONNREFUSED/),
  });
});

test('--init names configs as seen from the file that it writes', () => {
  const site = (port: number): string => `events {}\nhttp { server { listen ${port}; return 204; } }\n`;
  const cwd = folder({ 'conf/nginx.conf': site(8001), 'conf/sub/nginx.conf': site(8002), 'tests/empty': '' });
  const init = [
    'test',
    '--init',
    '--output-file',
    'tests/proxylint.test.yaml',
    'conf/nginx.conf',
    'conf/sub/nginx.conf',
  ];
  expect(runCli(init, { cwd }).status).toBe(0);
  const text = readFileSync(join(cwd, 'tests/proxylint.test.yaml'), 'utf8');
  expect(text).toContain('config: ../conf/nginx.conf');
  for (const at of ['.', 'tests', 'conf/sub']) {
    const { status, stdout } = runCli(['test', join(cwd, 'tests/proxylint.test.yaml')], { cwd: join(cwd, at) });
    expect(stdout).not.toContain('configs take this request');
    expect(status).toBe(0);
  }
});
