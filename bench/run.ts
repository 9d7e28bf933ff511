/**
 * The figures that users feel, each beside something that is run in turn with it: `npm run build && npm run bench [-- PART-OF-A-NAME]`.
 * The machine should be quiet; medians. Prints the table of `PERFORMANCE.md`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateApache, generateConfig, generateFiles } from './generate.ts';
import { isInstalled, measure, type Command, type Usage } from './measure.ts';
import { relintTimes } from './warm.ts';

const program = 'dist/cli.cjs';
const modules = '/usr/lib/apache2/modules';
const only = process.argv[2] ?? '';
/** Runs of each command; of those that take long, fewer. */
const runs = 7;
const fewRuns = 3;

// Node parses all certificates of the machine at each start where it is set.
delete process.env['NODE_EXTRA_CA_CERTS'];

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

/** Each gives what is measured, beside what, and the rest of its line. */
const parts: Readonly<Record<string, () => string | Promise<string>>> = {
  'nginx, 6,000 virtual hosts, 102,000 lines': () => {
    const path = file('nginx.conf', generateConfig(6000, directory));
    return beside(['nginx', '-t', '-c', path], [path], runs);
  },
  'nginx, 54,000 hosts in 12 files': () => {
    const path = generateFiles(54_000, 12, directory);
    return beside(['nginx', '-t', '-c', path], [path], fewRuns);
  },
  'httpd, 6,000 virtual hosts, 108,000 lines': () => {
    if (!existsSync(modules)) return 'httpd is not installed';
    const path = file('httpd.conf', generateApache(6000, directory, modules));
    return beside(['apache2', '-t', '-f', path], [path], runs);
  },
  'fmt, 102,000 lines of nginx': () => {
    const text = generateConfig(6000, directory);
    return besideLinting(file('tidy.conf', text), file('untidy.conf', text.replaceAll(/^ +/gm, ' ')));
  },
  'fmt, 108,000 lines of httpd': () => {
    const text = generateApache(6000, directory, modules);
    return besideLinting(file('tidy.apache.conf', text), file('untidy.apache.conf', text.replaceAll(/^ +/gm, ' ')));
  },
  '20 lines, over bare node': () => {
    const { node, linted } = measure(
      { node: [process.execPath, '-e', '0'], linted: lint([file('small.conf', small)]) },
      4 * runs,
    );
    return `${milliseconds(linted.cpu - node.cpu)} CPU, ${milliseconds(linted.wall - node.wall)}; node -e 0: ${milliseconds(node.cpu)}`;
  },
  '10,000 files of 20 lines': () => {
    const folder = fleet();
    const { linted } = measure({ linted: lint([folder]) }, 1);
    return `${seconds(linted.cpu)} CPU, ${peakMemory([folder])} MB`;
  },
  '10,000 files of 20 lines once more, from the cache': () => {
    const cached = lint(['--cache', '--cache-location', join(directory, 'results'), fleet()]);
    measure({ cached }, 1);
    return `${seconds(measure({ cached }, 3).cached.cpu)} CPU`;
  },
  '5,000 lines once more in a warm process, nginx': () => relint('nginx', generateConfig(300, directory)),
  '5,000 lines once more in a warm process, httpd': () => relint('apache', generateApache(278, directory, modules)),
  'nginx, 600 virtual hosts, beside other programs': () =>
    besidePeers(file('peers.conf', generateConfig(600, directory))),
  'growth of steps from n to 4 n': () => growthOfAll(),
};

try {
  console.log(`${cpus().length} cores, ${versions().join(', ')}, ${new Date().toISOString().slice(0, 10)}\n`);
  console.log('| | |\n|---|---|');
  for (const [name, part] of Object.entries(parts))
    if (name.includes(only)) console.log(`| ${name} | ${await part()} |`);
} finally {
  rmSync(directory, { recursive: true });
}

function file(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
}

function fleet(): string {
  const folder = join(directory, 'fleet');
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < 10_000; index++)
    file(join('fleet', `${index}.conf`), small.replaceAll('app', `app${index}`));
  return folder;
}

function lint(paths: readonly string[]): Command {
  return [process.execPath, program, ...paths];
}

/** Our own run in turn with that of a server. */
function beside(server: Command, paths: readonly string[], count: number): string {
  if (!isInstalled(server[0])) return `${server[0]} is not installed`;
  const { theirs, ours } = measure({ theirs: server, ours: lint(paths) }, count);
  const name = server.slice(0, 2).join(' ');
  return `${ratio(ours, theirs)} x \`${name}\` (${seconds(ours.cpu)} beside ${seconds(theirs.cpu)} CPU), ${peakMemory(paths)} MB`;
}

/** Other programs that read configs, where they are installed: a parser, and linters for nginx. */
function besidePeers(path: string): string {
  const peers: Readonly<Record<string, Command>> = {
    'crossplane parse': ['crossplane', 'parse', path],
    gixy: ['gixy', path],
    'nginx-linter': ['nginx-linter', '--include', path],
  };
  const installed = Object.entries(peers).filter(([, [program]]) => isInstalled(program));
  const measured = measure({ proxylint: lint([path]), ...Object.fromEntries(installed) }, fewRuns);
  const missing = Object.keys(peers).filter((name) => !(name in measured));
  return [
    ...Object.entries(measured).map(([name, { cpu }]) => `${name} ${milliseconds(cpu)} CPU`),
    ...(missing.length > 0 ? [`not installed: ${missing.join(', ')}`] : []),
  ].join('; ');
}

/** Of all inputs of `growth.ts`, the one that grows most. */
function growthOfAll(): string {
  const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', 'bench/growth.ts'], { encoding: 'utf8' });
  const found = stdout.split('\n').flatMap((line) => {
    const [, name, times] = /^(.*?) +\d+ +\d+ +\d+ steps +x([\d.]+)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, times: Number(times) }];
  });
  const most = found.toSorted((a, b) => b.times - a.times)[0];
  return `${found.length} inputs, at most x${most?.times.toFixed(1)} (${most?.name})${status === 0 ? '' : '; NOT ALL WITHIN THE BOUND'}`;
}

/** Laying out a file that is as it should be, and one of which every line changes. */
function besideLinting(tidy: string, untidy: string): string {
  const fmt = (path: string): Command => [process.execPath, program, 'fmt', '--check', path];
  const { linted, kept, changed } = measure({ linted: lint([tidy]), kept: fmt(tidy), changed: fmt(untidy) }, fewRuns);
  return `${ratio(kept, linted)} x linting it, ${ratio(changed, linted)} x if all lines change (${seconds(linted.cpu)}, ${seconds(kept.cpu)}, ${seconds(changed.cpu)} CPU)`;
}

async function relint(dialect: 'nginx' | 'apache', text: string): Promise<string> {
  const { cpu, wall } = await relintTimes(dialect, text, directory);
  return `${milliseconds(cpu)} CPU, ${milliseconds(wall)}`;
}

/** Of a process that lints the files, in MB. */
function peakMemory(paths: readonly string[]): number {
  const hook = file('hook.cjs', "process.on('exit', () => console.error('rss', process.resourceUsage().maxRSS));");
  const { stderr } = spawnSync(process.execPath, ['--require', hook, program, ...paths], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return Math.round(Number(/rss (\d+)/.exec(stderr)?.[1]) / 1024);
}

function versions(): string[] {
  const said = (command: string, ...args: string[]): string => {
    const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    return /(?:nginx|Apache)\/[\d.]+/.exec(`${stdout}${stderr}`)?.[0] ?? `${command}: none`;
  };
  return [`node ${process.version}`, said('nginx', '-v'), said('apache2', '-v')];
}

function ratio(usage: Usage, other: Usage): string {
  return (usage.cpu / other.cpu).toFixed(2);
}

function seconds(time: number): string {
  return `${(time / 1000).toFixed(2)} s`;
}

function milliseconds(time: number): string {
  return `${time.toFixed(0)} ms`;
}
