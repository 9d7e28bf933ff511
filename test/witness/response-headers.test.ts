/** What the rules about response headers claim, shown by a running nginx on a socket of its own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const hasNginx = spawnSync('nginx', ['-v']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'proxylint-'));
const socket = join(folder, 'nginx.sock');
const backend = join(folder, 'backend.sock');

const config = `
daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http {
    access_log off; default_type text/html;
    client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c;
    uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
    upstream app { server unix:${backend}; }
    server { listen unix:${backend}; return 200 "$http_host|$http_x_forwarded_for"; }
    server {
        listen unix:${socket};
        location /type { add_header Content-Type text/plain; return 200 x; }
        location /bare { add_header Content-Type text/plain; return 204; }
        location /lines { add_header X-A "a\n b"; return 200 x; }
        location /twice { add_header X-Frame-Options DENY; add_header X-Frame-Options SAMEORIGIN; return 200 x; }
        location /error { add_header X-Frame-Options DENY; return 404; }
        location /always { add_header X-Frame-Options DENY always; return 404; }
        location /proxied { proxy_pass http://app; }
    }
}
`;

interface Answer {
  /** `name: value`, in the order sent. */
  readonly headers: readonly string[];
  readonly body: string;
}

function get(path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { socketPath: socket, path, headers: { host: 'asked.example', connection: 'close' } };
    const sent = request(options, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        const raw = response.rawHeaders;
        const headers = raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1]}`] : []));
        resolve({ headers, body });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

const named = ({ headers }: Answer, name: string): string[] => headers.filter((line) => line.startsWith(`${name}:`));

describe.skipIf(!hasNginx)('response headers of nginx', () => {
  let nginx: ChildProcess;

  beforeAll(async () => {
    // The worker runs as another user where the test runs as root.
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'nginx.conf'), config);
    nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
    for (let tries = 0; tries < 100 && !existsSync(socket); tries++) await sleep(50);
  });

  afterAll(async () => {
    nginx.kill();
    await sleep(100);
    rmSync(folder, { recursive: true, force: true });
  });

  test('content-type-by-add-header: a second Content-Type, but none beside that of a 204', async () => {
    expect(named(await get('/type'), 'Content-Type')).toHaveLength(2);
    expect(named(await get('/bare'), 'Content-Type')).toHaveLength(1);
  });

  test('duplicate-response-header: both values are sent', async () => {
    expect(named(await get('/twice'), 'X-Frame-Options')).toEqual([
      'X-Frame-Options: DENY',
      'X-Frame-Options: SAMEORIGIN',
    ]);
  });

  test('header-not-always: an error page goes without', async () => {
    expect(named(await get('/error'), 'X-Frame-Options')).toEqual([]);
    expect(named(await get('/always'), 'X-Frame-Options')).toEqual(['X-Frame-Options: DENY']);
  });

  test('missing-host-header and missing-forwarded-for: the backend sees the name of the group and no client', async () => {
    expect((await get('/proxied')).body).toBe('app|');
  });

  test('multiline-header: a strict client refuses the response', async () => {
    await expect(get('/lines')).rejects.toThrow(/Parse Error/);
  });
});
