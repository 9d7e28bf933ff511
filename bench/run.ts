/**
 * The figures that users feel, each as a ratio to something run beside it: `npm run build && npm run bench`. The machine should be
 * quiet; medians of alternating runs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateConfig } from './generate.ts';
import { measure, type Command, type Usage } from './measure.ts';

const program = 'dist/cli.cjs';
const small = `upstream app { server 127.0.0.1:8080; }
map $http_upgrade $connection_upgrade { default upgrade; '' close; }
server {
    listen 443 ssl;
    server_name app.example.com;
    ssl_certificate /etc/ssl/app.pem;
    ssl_certificate_key /etc/ssl/app.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    client_max_body_size 20m;
    location / {
        proxy_pass http://app;
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_upgrade;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
    }
}
`;

const directory = mkdtempSync(join(tmpdir(), 'proxylint-bench-'));
try {
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  startUp(file('small.conf', small), file('site.conf', siteOf300Lines()));
  largeConfig(file('nginx.conf', generateConfig(6000, directory)));
} finally {
  rmSync(directory, { recursive: true });
}

/** Some 15 virtual hosts. */
function siteOf300Lines(): string {
  return Array.from({ length: 15 }, (_, index) =>
    small.replaceAll('app', `app${index}`).replaceAll('connection_upgrade', `upgrade${index}`),
  ).join('');
}

function lint(path: string): Command {
  return [process.execPath, program, path];
}

function startUp(small: string, site: string): void {
  const { node, ...ours } = measure(
    { node: [process.execPath, '-e', '0'], '20 lines': lint(small), '300 lines': lint(site) },
    30,
  );
  console.log(`node -e 0: ${text(node)}`);
  for (const [name, usage] of Object.entries(ours))
    console.log(`lint ${name}: ${text(usage)}, ${ratio(usage, node)} of node -e 0`);
}

function largeConfig(path: string): void {
  const trace: Command = [process.execPath, program, 'trace', 'http://host-77.example.com/', path];
  const {
    nginx,
    lint: linted,
    trace: traced,
  } = measure({ nginx: ['nginx', '-t', '-c', path], lint: lint(path), trace }, 5);
  console.log(`nginx -t, 102,000 lines: ${text(nginx)}`);
  console.log(`lint them: ${text(linted)}, ${ratio(linted, nginx)} of nginx -t, ${peakMemory(path)} MB`);
  console.log(`trace a request: ${text(traced)}, ${ratio(traced, linted)} of linting`);
}

/** Of the process that lints the file, in MB. */
function peakMemory(path: string): number {
  const hook = join(directory, 'hook.cjs');
  writeFileSync(hook, "process.on('exit', () => console.error('rss', process.resourceUsage().maxRSS));");
  const { stderr } = spawnSync(process.execPath, ['--require', hook, program, path], { encoding: 'utf8' });
  return Math.round(Number(/rss (\d+)/.exec(stderr)?.[1]) / 1024);
}

function text({ wall, cpu }: Usage): string {
  return `${wall.toFixed(0)} ms, ${cpu.toFixed(0)} ms CPU`;
}

function ratio(usage: Usage, beside: Usage): string {
  return `${(usage.wall / beside.wall).toFixed(2)} of the time and ${(usage.cpu / beside.cpu).toFixed(2)} of the CPU time`;
}
