/** Each rule about what nginx does with a request, shown on the running server: the finding and the behaviour it announces. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { rules } from '../../src/rules/index.gen.ts';
import { lint } from '../helpers/lint.ts';
import { installedVersion, serversRequired } from '../oracle/lib/install.ts';
import { startEcho, type Echoed, type EchoBackend } from '../oracle/routing/echo.ts';

interface Case {
  readonly rule: string;
  readonly messageId: string;
  /** What stands in the server; `BACKEND` is the address of one that echoes, `PORT` the server's own port. */
  readonly server: string;
  /** A second server on the same address. */
  readonly second?: string;
  readonly path: string;
  readonly host?: string;
  readonly shows: {
    readonly status?: number;
    readonly body?: string;
    /** The URI that the backend received. */
    readonly uri?: string;
    readonly location?: string;
    /** A response header that is not there. */
    readonly without?: string;
  };
}

const cases: readonly Case[] = [
  {
    rule: 'allow-without-deny',
    messageId: 'nginx',
    server: 'location /admin { allow 10.0.0.1; proxy_pass http://BACKEND; }',
    path: '/admin',
    shows: { status: 200, uri: '/admin' },
  },
  {
    rule: 'deny-without-effect',
    messageId: 'unreached',
    server: 'location /admin { allow 127.0.0.0/8; deny 127.0.0.1; deny all; proxy_pass http://BACKEND; }',
    path: '/admin',
    shows: { status: 200, uri: '/admin' },
  },
  {
    rule: 'location-vs-exact-bypass',
    messageId: 'backend',
    server: 'location = /metrics { deny all; proxy_pass http://BACKEND; } location / { proxy_pass http://BACKEND; }',
    path: '/metrics/',
    shows: { status: 200, uri: '/metrics/' },
  },
  {
    rule: 'proxy-pass-normalization',
    messageId: 'normalised',
    server: 'location /app/ { proxy_pass http://BACKEND/; }',
    path: '/app/a%2Fb',
    shows: { status: 200, uri: '/a/b' },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'glued',
    server: 'location /a/ { proxy_pass http://BACKEND/c; }',
    path: '/a/x',
    shows: { uri: '/cx' },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'doubled',
    server: 'location /a { proxy_pass http://BACKEND/; }',
    path: '/a/x',
    shows: { uri: '//x' },
  },
  {
    rule: 'return-bypasses-access',
    messageId: 'bypassed',
    server: 'location / { deny all; return 200 secret; }',
    path: '/',
    shows: { status: 200, body: 'secret' },
  },
  {
    rule: 'missing-resolver',
    messageId: 'missing',
    server: 'location / { set $backend localhost; proxy_pass http://$backend:1; }',
    path: '/',
    shows: { status: 502 },
  },
  {
    rule: 'lost-response-headers',
    messageId: 'security',
    server: 'add_header X-Frame-Options DENY always; location / { add_header X-Here 1; return 200 ok; }',
    path: '/',
    shows: { status: 200, without: 'x-frame-options' },
  },
  {
    rule: 'try-files-with-proxy',
    messageId: 'together',
    server: 'location / { try_files $uri =404; proxy_pass http://BACKEND; }',
    path: '/no-such-file',
    shows: { status: 404 },
  },
  {
    rule: 'try-files-with-proxy',
    messageId: 'together',
    server: 'location / { try_files $uri =404; proxy_pass http://BACKEND; }',
    path: '/file.txt',
    shows: { uri: '/file.txt' },
  },
  {
    rule: 'try-files-without-proxy-fallback',
    messageId: 'ends',
    server: 'location / { try_files $uri =404; } location @backend { proxy_pass http://BACKEND; }',
    path: '/no-such-file',
    shows: { status: 404 },
  },
  {
    rule: 'unreachable-location',
    messageId: 'covered',
    server: 'location ~ \\.txt$ { return 200 first; } location ~ ^/b/.+\\.txt$ { return 200 second; }',
    path: '/b/x.txt',
    shows: { body: 'first' },
  },
  {
    rule: 'unreachable-location',
    messageId: 'covered',
    server: 'location /img/ { return 200 prefix; } location ~ ^/(?:img|css)/ { return 200 regex; }',
    path: '/img/',
    shows: { body: 'regex' },
  },
  {
    rule: 'unreachable-location',
    messageId: 'preempted',
    server: 'return 200 all; location /.well-known/ { return 200 inner; }',
    path: '/.well-known/',
    shows: { body: 'all' },
  },
  {
    rule: 'shadowed-server-name',
    messageId: 'ignored',
    server: 'server_name .wide.example; return 200 first;',
    second: 'server_name wide.example; return 200 second;',
    host: 'wide.example',
    path: '/',
    shows: { body: 'first' },
  },
  {
    rule: 'shadowed-server-name',
    messageId: 'ignoredWithin',
    server: 'server_name first.example; return 200 first;',
    second: 'server_name within.example .within.example; return 200 second;',
    host: 'x.within.example',
    path: '/',
    shows: { body: 'first' },
  },
  {
    rule: 'missing-default-server',
    messageId: 'missing',
    server: 'server_name first.example; location / { return 200 first; }',
    second: 'server_name second.example; location / { return 200 second; }',
    host: 'unknown.example',
    path: '/',
    shows: { body: 'first' },
  },
  {
    rule: 'rewrite-loop',
    messageId: 'loops',
    server: 'location /files/ { rewrite ^/files/(.*)$ /files/data/$1 last; }',
    path: '/files/',
    shows: { status: 500 },
  },
  {
    rule: 'redirect-loop',
    messageId: 'loops',
    server: 'server_name loop.example; location /shop { rewrite ^ http://loop.example:PORT/shop/start redirect; }',
    host: 'loop.example',
    path: '/shop/start',
    shows: { status: 302, location: 'http://loop.example:PORT/shop/start' },
  },
];

describe.skipIf(installedVersion('nginx') === undefined && !serversRequired)('nginx does what the rules say', () => {
  let folder = '';
  let ports: readonly number[] = [];
  let echo: EchoBackend | undefined;
  let server: ChildProcess | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nginx-'));
    mkdirSync(join(folder, 'html'));
    writeFileSync(join(folder, 'html', 'file.txt'), 'a file');
    echo = await startEcho();
    ports = await freePorts(cases.length);
    writeFileSync(join(folder, 'nginx.conf'), wholeConfig(cases.map(serversOf).join('\n')));
    server = spawn('nginx', ['-p', folder, '-c', 'nginx.conf'], { stdio: 'ignore' });
    await listening(ports[0]!);
  });

  afterAll(async () => {
    server?.kill('SIGTERM');
    await echo?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(cases)('$rule: $messageId', async (each) => {
    const rule = rules.find(({ id }) => id === each.rule)!;
    const text = wholeConfig(serversOf(each));
    const { findings } = await lint({ path: 'nginx.conf', text, dialect: 'nginx' }, [{ rule }]);
    expect(findings.map(({ messageId }) => messageId)).toEqual([each.messageId]);

    const { status, headers, body } = await ask(portOf(each), each.path, each.host ?? 'localhost');
    const { shows } = each;
    if (shows.status !== undefined) expect(status).toBe(shows.status);
    if (shows.body !== undefined) expect(body).toBe(shows.body);
    if (shows.uri !== undefined) expect((JSON.parse(body) as Echoed).uri).toBe(shows.uri);
    if (shows.location !== undefined) expect(headers.location).toBe(fill(shows.location, each));
    if (shows.without !== undefined) expect(headers).not.toHaveProperty(shows.without);
  });

  function portOf(each: Case): number {
    return ports[cases.indexOf(each)]!;
  }

  function fill(text: string, each: Case): string {
    return text.replaceAll('BACKEND', `127.0.0.1:${echo!.port}`).replaceAll('PORT', String(portOf(each)));
  }

  function serversOf(each: Case): string {
    const bodies = [each.server, ...(each.second === undefined ? [] : [each.second])];
    return bodies.map((body) => `server { listen 127.0.0.1:${portOf(each)};\n${fill(body, each)}\n}`).join('\n');
  }

  function wholeConfig(http: string): string {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log emerg;
events { worker_connections 128; }
http {
access_log off;
root ${folder}/html;
${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}
${http}
}
`;
  }
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(port: number, path: string, host: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { Host: host }, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

/** All probes are open at once, so that no port comes twice. */
async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer());
  for (const probe of probes) await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port);
  for (const probe of probes) await new Promise<void>((resolve) => probe.close(() => resolve()));
  return ports;
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
  throw new Error(`nginx does not listen on port ${port}`);
}
