/** `topology`, and `trace` over several servers, from the command line. */
import { describe, expect, test } from 'vitest';
import { folder, runCli } from '../helpers/run-cli.ts';

const sslh = `listen: ( { host: "0.0.0.0"; port: "443"; } );
protocols: ( { name: "ssh"; host: "localhost"; port: "22"; }, { name: "tls"; host: "127.0.0.1"; port: "8443"; } );
`;
const nginx = (target: string, listen = '127.0.0.1:8443 ssl'): string => `events {}
http {
  server {
    listen ${listen};
    server_name app.test;
    location / { proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto $scheme; proxy_pass ${target}; }
  }
}
`;
const httpd = (listen = '9090'): string => `Listen ${listen}
<VirtualHost *:9090>
  ServerName app.test
  ProxyPass / http://127.0.0.1:3000/
</VirtualHost>
`;
const chain = { 'sslh.cfg': sslh, 'nginx.conf': nginx('http://127.0.0.1:9090'), 'httpd.conf': httpd() };

test('the files that are named are linked', () => {
  const { stdout, status } = runCli(['topology', 'sslh.cfg', 'nginx.conf', 'httpd.conf'], { cwd: folder(chain) });
  expect(status).toBe(0);
  expect(stdout).toContain('127.0.0.1:8443 (tls): nginx.conf  line 2');
  expect(stdout).toContain('127.0.0.1:9090 (http): httpd.conf');
});

test('trace says of each server that would not load its config', () => {
  const { stdout } = runCli(['trace', 'https://app.test/', '.'], { cwd: folder(chain) });
  const refused = stdout.split('\n').filter((line) => line.includes('The server refuses this config'));
  expect(refused).toEqual([
    expect.stringMatching(/\(nginx\.conf:4:5: The server listens with "ssl", but no "ssl_certificate" is in force\)/),
  ]);
});

test('trace follows the request', () => {
  const cwd = folder(chain);
  const { stdout } = runCli(['trace', 'https://app.test/', '.', '--format', 'json'], { cwd });
  const { traces } = JSON.parse(stdout) as {
    traces: { file: string; next: { file: string; next: { file: string; next: null } }; headers: { name: string }[] }[];
  };
  expect(traces).toHaveLength(1);
  const [first] = traces;
  expect([first!.file, first!.next.file, first!.next.next.file, first!.next.next.next]).toEqual([
    'sslh.cfg',
    'nginx.conf',
    'httpd.conf',
    null,
  ]);
  expect(first!.headers.map(({ name }) => name)).toContain('X-Forwarded-Proto');
  const pretty = runCli(['trace', 'https://app.test/', 'sslh.cfg', 'nginx.conf', 'httpd.conf'], { cwd }).stdout;
  expect(pretty).toMatch(/then nginx\.conf[^]*then httpd\.conf[^]*headers on the way[^]*X-Forwarded-Proto +https/);
});

test.each(['mermaid', 'svg', 'json'])('topology as %s', (format) => {
  const { stdout, status } = runCli(['topology', '--format', format, '.'], { cwd: folder(chain) });
  expect(status).toBe(0);
  expect(stdout).toContain('httpd.conf');
  expect(stdout).toMatch({ mermaid: /^flowchart LR\n/, svg: /^<svg [^]*<\/svg>\n$/, json: /^\{/ }[format]!);
});

test('a config file says which machine a server is on', () => {
  const topology = {
    machines: [
      { name: 'edge', files: 'edge/*' },
      { name: 'app', files: ['app/httpd.conf'], addresses: ['app.lan'] },
    ],
  };
  const files = { 'edge/nginx.conf': nginx('http://app.lan:9090', '443 ssl'), 'app/httpd.conf': httpd() };
  const cwd = folder({ ...files, 'proxylint.json': JSON.stringify({ topology }), '.git/HEAD': '' });
  const { stdout } = runCli(['topology', 'edge', 'app'], { cwd });
  expect(stdout).toContain('edge/nginx.conf (nginx, edge)');
  expect(stdout).toContain('app.lan:9090 (http): app/httpd.conf');
});

test('a compose file gives names and ports', () => {
  const compose = `services:
  web: { image: nginx, ports: ["443:443"], volumes: ["./nginx.conf:/etc/nginx/nginx.conf"] }
  app: { image: httpd, volumes: ["./httpd.conf:/usr/local/apache2/conf/httpd.conf"] }
`;
  const cwd = folder({
    'docker-compose.yml': compose,
    'nginx.conf': nginx('http://app:9090', '443 ssl'),
    'httpd.conf': httpd(),
  });
  const { stdout } = runCli(['topology', '.'], { cwd });
  expect(stdout).toContain('nginx.conf (nginx, container web)');
  expect(stdout).toContain('app:9090 (http): httpd.conf');
});

describe('mistakes are told with status 2', () => {
  const one = { machines: [{ name: 'a', files: '*.conf', addresses: ['10.0.0.1'] }] };
  test.each([
    [{ machines: [{ name: 'a' }] }, /topology\.machines\[0\]: "files" is missing/],
    [{ machine: [] }, /unknown key "machine"; did you mean "machines"/],
    [{ machines: [...one.machines, { name: 'a', files: 'x' }] }, /two machines "a"/],
    [
      { machines: [...one.machines, { name: 'b', files: 'x', addresses: ['10.0.0.1'] }] },
      /"10\.0\.0\.1" is an address of "a" and of "b"/,
    ],
    [
      { machines: [...one.machines, { name: 'b', files: 'nginx.conf' }] },
      /nginx\.conf is on two machines, "a" and "b"/,
    ],
    [{ compose: 'none.yml' }, /topology\.compose: .*none\.yml: no such file/],
    [{ compose: '/etc/passwd' }, /lies outside of the project/],
    [{ compose: 'proxylint.json' }, /no compose file: it has no "services"/],
  ])('%j', (topology, message) => {
    const cwd = folder({ ...chain, 'proxylint.json': JSON.stringify({ topology }) });
    const { status, stderr } = runCli(['topology', '.'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
  });

  test('a compose file that is none', () => {
    const { status, stderr } = runCli(['topology', 'compose.yml', 'nginx.conf'], {
      cwd: folder({ ...chain, 'compose.yml': 'a: [' }),
    });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/compose\.yml:\d+: /)]);
  });

  test('no config at all', () => {
    expect(runCli(['topology', 'a.txt'], { cwd: folder({ 'a.txt': 'nothing' }) })).toMatchObject({ status: 2 });
  });
});
