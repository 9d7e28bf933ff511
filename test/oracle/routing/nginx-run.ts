/** Plays random requests to random configs on a real nginx and compares with `trace`. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../../src/ir/config.ts';
import { lower } from '../../../src/ir/lower/index.ts';
import { SourceFile } from '../../../src/ir/source.ts';
import { parseNginx } from '../../../src/parsers/nginx/parse.ts';
import { traceNginx } from '../../../src/trace/nginx/trace.ts';
import type { FileKind } from '../../../src/trace/types.ts';
import type { Targets } from '../../../src/versions.ts';
import { installedVersion } from '../lib/install.ts';
import { send } from './client.ts';
import { compare, describe } from './compare.ts';
import { startEcho } from './echo.ts';
import { generateConfig, type GeneratedConfig } from './nginx-generate.ts';
import { Random } from './random.ts';

export interface RoutingResult {
  readonly configs: number;
  readonly pairs: number;
  readonly agreed: number;
  readonly unknown: number;
  /** Reason to count. */
  readonly unknownReasons: ReadonlyMap<string, number>;
  readonly differences: readonly { readonly request: string; readonly what: string; readonly config: string }[];
}

export async function runNginxRouting(
  seed: number,
  configCount: number,
  requestsPerConfig: number,
): Promise<RoutingResult> {
  const nginx = installedVersion('nginx');
  if (!nginx) throw new Error('nginx is not installed');
  const directory = mkdtempSync(join(tmpdir(), 'routing-'));
  const echo = await startEcho();
  let server: ChildProcess | undefined;
  try {
    const root = documentRoot(directory);
    const random = new Random(seed);
    const configs: (GeneratedConfig & { readonly port: number })[] = [];
    const base = 20_000 + (process.pid % 100) * 100;
    for (let id = 0; configs.length < configCount && id < configCount * 4; id++) {
      const port = base + configs.length;
      const config = generateConfig({ random, id, port, backend: echo.port, root }, requestsPerConfig);
      if (accepts(directory, config.text)) configs.push({ ...config, port });
    }
    const main = wholeConfig(directory, configs.map(({ text }) => text).join('\n'));
    writeFileSync(join(directory, 'nginx.conf'), main);
    server = spawn('nginx', ['-p', directory, '-c', 'nginx.conf'], { stdio: 'ignore' });
    await listening(base);
    return await play(configs, directory, { nginx });
  } finally {
    server?.kill('SIGTERM');
    await echo.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function play(
  configs: readonly (GeneratedConfig & { readonly port: number })[],
  directory: string,
  targets: Targets,
): Promise<RoutingResult> {
  let pairs = 0;
  let agreed = 0;
  const unknownReasons = new Map<string, number>();
  const differences: { request: string; what: string; config: string }[] = [];
  for (const { text, requests, port } of configs) {
    const config = parsed(wholeConfig(directory, text));
    const model = lower(config, targets);
    for (const request of requests) {
      pairs++;
      const trace = traceNginx(config, model, targets, request, lookup);
      const result = compare(trace, await send(request, port));
      if (result.kind === 'agree') agreed++;
      else if (result.kind === 'unknown')
        unknownReasons.set(result.reason, (unknownReasons.get(result.reason) ?? 0) + 1);
      else differences.push({ request: describe(trace), what: result.what, config: text });
    }
  }
  const unknown = [...unknownReasons.values()].reduce((sum, count) => sum + count, 0);
  return { configs: configs.length, pairs, agreed, unknown, unknownReasons, differences };
}

function parsed(text: string): Config {
  const file = parseNginx(new SourceFile('nginx.conf', text));
  return { dialect: 'nginx', file, files: [file], level: 'main', complete: true };
}

function lookup(path: string): FileKind {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file';
  } catch {
    return 'missing';
  }
}

function documentRoot(directory: string): string {
  const root = join(directory, 'html');
  for (const folder of ['a', 'static', 'b']) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['index.html', 'a/index.html', 'a/b.txt', 'static/x.css', 'b.txt'])
    writeFileSync(join(root, file), file);
  return root;
}

function wholeConfig(directory: string, http: string): string {
  return `daemon off;
master_process off;
pid ${directory}/nginx.pid;
error_log ${directory}/error.log emerg;
events { worker_connections 512; }
http {
access_log off;
default_type text/plain;
server_names_hash_bucket_size 128;
map_hash_bucket_size 128;
variables_hash_max_size 4096;
client_body_temp_path ${directory}/body;
proxy_temp_path ${directory}/proxy;
fastcgi_temp_path ${directory}/fastcgi;
uwsgi_temp_path ${directory}/uwsgi;
scgi_temp_path ${directory}/scgi;
${http}
}
`;
}

function accepts(directory: string, http: string): boolean {
  writeFileSync(join(directory, 'try.conf'), wholeConfig(directory, http));
  return spawnSync('nginx', ['-t', '-q', '-p', directory, '-c', 'try.conf']).status === 0;
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nginx does not listen on port ${port}`);
}
