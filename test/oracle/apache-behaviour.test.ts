/** Each rule about what httpd does with a request, shown on the running server: the finding and the behaviour it announces. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { rules } from '../../src/rules/index.gen.ts';
import { lint } from '../helpers/lint.ts';
import { installedVersion, serversRequired } from './lib/install.ts';

interface Case {
  readonly rule: string;
  readonly messageId: string;
  /** Lines of the virtual host; `A` and `B` stand for the addresses of two backends, `D` for a folder. */
  readonly lines: string;
  /** Lines of the main server. */
  readonly main?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What comes back: the status, which backend answered, the URL it received, and where a redirect leads. */
  readonly shows: Partial<Shown>;
}

interface Shown {
  readonly status: number | undefined;
  readonly backend: string | undefined;
  readonly url: string | undefined;
  readonly upgrade: string | undefined;
  readonly location: string | undefined;
}

const cases: readonly Case[] = [
  {
    rule: 'shadowed-proxy-pass',
    messageId: 'shadowed',
    lines: 'ProxyPass /app http://A/app\nProxyPass /app/api http://B/api',
    path: '/app/api/x',
    shows: { backend: 'A', url: '/app/api/x' },
  },
  {
    rule: 'proxy-exclusion-after-match',
    messageId: 'afterMatch',
    lines: 'ProxyPass / http://A/\nProxyPass /static !',
    path: '/static/x',
    shows: { backend: 'A' },
  },
  {
    rule: 'proxy-exclusion-after-match',
    messageId: 'inLocation',
    lines: 'ProxyPass /static !\n<Location "/">\nProxyPass http://A/\n</Location>',
    path: '/static/x',
    shows: { backend: 'A' },
  },
  {
    rule: 'proxy-worker-conflict',
    messageId: 'ignored',
    lines: 'ProxyPass /api/ http://A/ timeout=1\nProxyPass /slow/ http://A/slow/ timeout=30',
    path: '/slow/x',
    shows: { status: 502 },
  },
  {
    rule: 'websocket-rewrite-order',
    messageId: 'afterCatchAll',
    lines:
      'RewriteEngine On\nRewriteRule ^/(.*) http://A/$1 [P]\nRewriteCond %{HTTP:Upgrade} =websocket [NC]\nRewriteRule ^/(.*) ws://B/$1 [P]',
    path: '/x',
    headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
    shows: { backend: 'A', upgrade: undefined },
  },
  {
    rule: 'websocket-rewrite-order',
    messageId: 'missingPath',
    lines:
      'RewriteEngine On\nRewriteCond %{HTTP:Upgrade} =websocket [NC]\nRewriteRule ^/(.*) ws://B/ [P]\nProxyPass / http://A/',
    path: '/deep/path',
    headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
    shows: { backend: 'B', url: '/', upgrade: 'websocket' },
  },
  {
    rule: 'missing-websocket-upgrade',
    messageId: 'missing',
    lines: 'ProxyPass / http://A/',
    path: '/x',
    headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
    shows: { backend: 'A', upgrade: undefined },
  },
  {
    rule: 'backend-tls-engine-off',
    messageId: 'off',
    lines: 'ProxyPass / https://A/',
    path: '/x',
    shows: { status: 500, backend: undefined },
  },
  {
    rule: 'rewrite-rules-not-inherited',
    messageId: 'engineOff',
    lines: 'RewriteRule ^/old - [F]',
    path: '/old',
    shows: { status: 404 },
  },
  {
    rule: 'rewrite-rules-not-inherited',
    messageId: 'notInherited',
    main: 'RewriteRule ^/main-only - [F]',
    lines: 'RewriteEngine On',
    path: '/main-only',
    shows: { status: 404 },
  },
  {
    rule: 'redirect-before-alias',
    messageId: 'redirected',
    lines: 'Alias /files D\nRedirect / http://elsewhere.example/',
    path: '/files/index.html',
    shows: { status: 302, location: 'http://elsewhere.example/files/index.html' },
  },
  {
    rule: 'redirect-before-alias',
    messageId: 'proxied',
    lines: 'Alias /files D\nProxyPass / http://A/',
    path: '/files/index.html',
    shows: { backend: 'A' },
  },
  {
    rule: 'redirect-before-alias',
    messageId: 'shadowed',
    lines: 'Alias /files D/none\nAlias /files/deep D',
    path: '/files/deep/index.html',
    shows: { status: 404 },
  },
  {
    rule: 'missing-proxy-pass-reverse',
    messageId: 'missing',
    lines: 'ProxyPass /app http://A/app',
    path: '/app/redirect',
    shows: { status: 302, location: 'http://A/target' },
  },
  {
    rule: 'proxy-pass-reverse-mismatch',
    messageId: 'otherUrl',
    lines: 'ProxyPass /app http://A/\nProxyPassReverse /app http://B/',
    path: '/app/redirect',
    shows: { status: 302, location: 'http://A/target' },
  },
  {
    rule: 'proxy-pass-reverse-mismatch',
    messageId: 'otherPath',
    lines: 'ProxyPass /app/ http://A/\nProxyPassReverse / http://A/',
    path: '/app/redirect',
    shows: { status: 302, location: 'http://HOST/target' },
  },
  {
    rule: 'proxy-pass-reverse-mismatch',
    messageId: 'slash',
    lines: 'ProxyPass / http://A/\nProxyPassReverse / http://A',
    path: '/redirect',
    shows: { status: 302, location: 'http://HOST//target' },
  },
  {
    rule: 'duplicate-server-name',
    messageId: 'duplicate',
    lines:
      'ServerAlias twice.example\nProxyPass / http://A/\n</VirtualHost>\n<VirtualHost *:PORT>\nServerName twice.example\nProxyPass / http://B/',
    path: '/x',
    headers: { Host: 'twice.example' },
    shows: { backend: 'A' },
  },
  {
    rule: 'shadowed-server-name',
    messageId: 'shadowed',
    lines:
      'ServerAlias *.wide.example\nProxyPass / http://A/\n</VirtualHost>\n<VirtualHost *:PORT>\nServerName shop.wide.example\nProxyPass / http://B/',
    path: '/x',
    headers: { Host: 'shop.wide.example' },
    shows: { backend: 'A' },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'glued',
    lines: 'ProxyPass /a/ http://A/c',
    path: '/a/x',
    shows: { backend: 'A', url: '/cx' },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'doubled',
    lines: 'ProxyPass /a http://A/',
    path: '/a/x',
    shows: { backend: 'A', url: '//x' },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'gluedHost',
    lines: 'ProxyPass / http://A',
    path: '/x',
    shows: { backend: undefined },
  },
  {
    rule: 'unreachable-location',
    messageId: 'covered',
    lines: 'ProxyPassMatch ^/app/ http://A\nProxyPass /app/api http://B/api',
    path: '/app/api/x',
    shows: { backend: 'A', url: '/app/api/x' },
  },
  {
    rule: 'redirect-loop',
    messageId: 'loops',
    lines: 'ServerAlias loop.example\nRedirect /app http://loop.example:PORT/app/start',
    path: '/app/start',
    headers: { Host: 'loop.example' },
    shows: { status: 302, location: 'http://loop.example:PORT/app/start/start' },
  },
  {
    rule: 'access-on-files-not-proxy',
    messageId: 'allProxied',
    lines: '<Directory "/">\nRequire ip 10.0.0.0/8\n</Directory>\nProxyPass / http://A/',
    path: '/x',
    shows: { status: 200, backend: 'A' },
  },
  {
    rule: 'open-forward-proxy',
    messageId: 'granted',
    // The host of the URL selects the virtual host.
    lines: 'ServerAlias 127.0.0.1\nProxyRequests On\n<Proxy "*">\nRequire all granted\n</Proxy>',
    path: 'http://A/x',
    shows: { status: 200, backend: 'A' },
  },
  {
    rule: 'shadowed-proxy-pass',
    messageId: 'replaced',
    lines: '<Location "/app/">\nProxyPass http://A/\nProxyPass http://B/\n</Location>',
    path: '/app/x',
    shows: { backend: 'B', url: '/x' },
  },
  {
    rule: 'shadowed-proxy-pass',
    messageId: 'laterLocation',
    lines:
      '<Location "/app/admin/">\nProxyPass http://A/\n</Location>\n<Location "/app/">\nProxyPass http://B/\n</Location>',
    path: '/app/admin/x',
    shows: { backend: 'B', url: '/admin/x' },
  },
  {
    rule: 'unreachable-location',
    messageId: 'literal',
    lines: '<LocationMatch "^/app/">\nProxyPass http://A/\n</LocationMatch>',
    path: '/app/x',
    shows: { status: 404 },
  },
  {
    rule: 'proxy-pass-reverse-mismatch',
    messageId: 'pattern',
    lines: '<LocationMatch "^/app/(.*)$">\nProxyPass http://A/$1\nProxyPassReverse http://A/\n</LocationMatch>',
    path: '/app/redirect',
    shows: { status: 302, location: 'http://HOST^/app/(.*)$target' },
  },
  {
    rule: 'proxy-exclusion-after-match',
    messageId: 'tooLate',
    lines: 'SetEnv no-proxy 1\nProxyPass / http://A/',
    path: '/x',
    shows: { status: 200, backend: 'A' },
  },
  {
    rule: 'proxy-exclusion-after-match',
    messageId: 'tooLate',
    lines: '<Location "/static">\nSetEnvIf Request_URI "." no-proxy\n</Location>\nProxyPass / http://A/',
    path: '/static/x',
    shows: { status: 200, backend: 'A' },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'gluedHost',
    main: '<Proxy "balancer://pool">\nBalancerMember http://A\n</Proxy>',
    lines: 'ProxyPass / balancer://pool',
    path: '/x',
    shows: { status: 500 },
  },
  {
    rule: 'unknown-balancer',
    messageId: 'misspelled',
    main: '<Proxy "balancer://cluster">\nBalancerMember http://A\n</Proxy>',
    lines: 'ProxyPass / balancer://clutser/',
    path: '/x',
    shows: { status: 503 },
  },
  {
    rule: 'redirect-without-last',
    messageId: 'overwritten',
    lines: 'RewriteEngine On\nRewriteRule ^/old /new [R=301]\nRewriteRule ^(.*)$ /front',
    path: '/old',
    shows: { status: 404, location: undefined },
  },
  {
    rule: 'redirect-loop',
    messageId: 'loops',
    lines:
      'ServerAlias again.example\nRewriteEngine On\nRewriteRule ^/(.*)$ http://%{SERVER_NAME}:PORT/$1 [R,L]\nUseCanonicalName On',
    path: '/x',
    shows: { status: 302, location: 'http://HOST:PORT/x' },
  },
  {
    rule: 'open-redirect',
    messageId: 'glued',
    lines: 'Redirect / http://elsewhere.example',
    path: '/.evil.example',
    shows: { status: 302, location: 'http://elsewhere.example.evil.example' },
  },
  {
    rule: 'mixed-access-control',
    messageId: 'open',
    lines:
      '<Location "/secret">\nAuthType Basic\nAuthName Secret\nRequire valid-user\nAllow from 192.0.2.1\nSatisfy Any\n</Location>\nProxyPass / http://A/',
    path: '/secret/x',
    shows: { status: 200, backend: 'A' },
  },
  {
    rule: 'inline-comment',
    messageId: 'argument',
    lines: 'ServerAlias commented.example # annotated.example\nProxyPass / http://A/',
    path: '/x',
    headers: { Host: 'annotated.example' },
    shows: { status: 200, backend: 'A' },
  },
  {
    rule: 'unknown-module-test',
    messageId: 'never',
    lines: '<IfModule mod_rewrite>\nRedirect /x http://elsewhere.example/\n</IfModule>',
    path: '/x',
    shows: { status: 404 },
  },
  {
    rule: 'shadowed-server-name',
    messageId: 'comma',
    lines: 'ServerAlias first.example,second.example\nRedirect /x http://elsewhere.example/',
    path: '/x',
    headers: { Host: 'second.example' },
    shows: { status: 404 },
  },
];

const modules = (
  'mpm_event authz_core authz_host authz_user authn_core auth_basic access_compat alias env setenvif rewrite headers ' +
  'proxy proxy_http proxy_wstunnel proxy_balancer lbmethod_byrequests slotmem_shm ssl socache_shmcb'
).split(' ');
const moduleFolder = '/usr/lib/apache2/modules';
const isThere = installedVersion('apache') !== undefined && existsSync(moduleFolder);

describe.skipIf(!isThere && !serversRequired)('httpd does what the rules say', () => {
  const backends: Server[] = [];
  let folder = '';
  let port = 0;
  let server: ChildProcess | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'httpd-'));
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'index.html'), 'a file');
    for (const name of ['A', 'B']) backends.push(await startBackend(name));
    port = await freePort();
    writeFileSync(join(folder, 'httpd.conf'), wholeConfig());
    server = spawn('apache2', ['-X', '-f', join(folder, 'httpd.conf')], { stdio: 'ignore' });
    await listening(port);
  });

  afterAll(() => {
    server?.kill('SIGTERM');
    for (const backend of backends) {
      backend.closeAllConnections();
      backend.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(cases)('$rule: $messageId', async (each) => {
    const rule = rules.find(({ id }) => id === each.rule)!;
    const text = `${fill(each.main ?? '')}\n${hostOf(each)}`;
    const { findings } = await lint({ path: 'httpd.conf', text, dialect: 'apache' }, [{ rule }]);
    expect(findings.map(({ messageId }) => messageId)).toEqual([each.messageId]);

    const host = nameOf(each);
    const shown = await ask(port, fill(each.path), { Host: host, ...each.headers });
    const location = each.shows.location && fill(each.shows.location).replace('HOST', host);
    const expected = { ...each.shows, ...(location !== undefined && { location }) };
    expect(shown).toMatchObject(expected);
  });

  function fill(text: string): string {
    const [a, b] = backends.map((backend) => `127.0.0.1:${(backend.address() as AddressInfo).port}`) as [
      string,
      string,
    ];
    return text
      .replace(/\/\/A\b/g, `//${a}`)
      .replace(/\/\/B\b/g, `//${b}`)
      .replace(/\bD\b/g, folder)
      .replaceAll('PORT', String(port));
  }

  function hostOf(each: Case): string {
    const root = join(folder, 'empty');
    return `<VirtualHost *:${port}>\nServerName ${nameOf(each)}\nDocumentRoot ${root}\n${fill(each.lines)}\n</VirtualHost>\n`;
  }

  function wholeConfig(): string {
    const loads = modules.map((name) => `LoadModule ${name}_module ${moduleFolder}/mod_${name}.so`);
    const main = `ServerRoot ${folder}\nServerName localhost\nListen 127.0.0.1:${port}\nPidFile ${folder}/pid\nDefaultRuntimeDir ${folder}\nErrorLog ${folder}/error.log\n`;
    return `${loads.join('\n')}\n${main}${cases.map(({ main: lines }) => fill(lines ?? '')).join('\n')}\n${cases.map(hostOf).join('\n')}`;
  }
});

function nameOf(each: Case): string {
  return `case-${cases.indexOf(each)}.example`;
}

/** Says who it is and what it received; redirects `/redirect` to an absolute URL of its own; is slow under `/slow/`. */
async function startBackend(name: string): Promise<Server> {
  const backend = createServer((message, response) => {
    const own = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
    if (message.url?.endsWith('/redirect')) response.writeHead(302, { Location: `${own}/target` }).end();
    else {
      const answer = JSON.stringify({ backend: name, url: message.url, upgrade: message.headers.upgrade });
      setTimeout(() => response.end(answer), message.url?.startsWith('/slow/') ? 2500 : 0);
    }
  });
  // Without a listener for it, Node would drop requests with Upgrade; this one answers them as plain ones.
  backend.on('upgrade', (message, socket) => {
    const answer = JSON.stringify({ backend: name, url: message.url, upgrade: message.headers.upgrade });
    socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${answer.length}\r\n\r\n${answer}`);
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  return backend;
}

function ask(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<Shown> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      answer.on('end', () => {
        const echoed = body.startsWith('{') ? (JSON.parse(body) as Partial<Shown>) : {};
        resolve({
          status: answer.statusCode,
          location: answer.headers.location,
          backend: echoed.backend,
          url: echoed.url,
          upgrade: echoed.upgrade,
        });
      });
    });
    sent.on('error', reject).end();
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`httpd does not listen on port ${port}`);
}
