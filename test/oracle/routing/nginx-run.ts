/** Plays random requests to random configs on a real nginx and compares with `trace`. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../../src/syntax/config.ts';
import { lower } from '../../../src/servers/index.ts';
import { SourceFile } from '../../../src/text/source.ts';
import { parseNginx } from '../../../src/parsers/nginx/parse.ts';
import { traceNginx } from '../../../src/servers/nginx/trace/trace.ts';
import { installedVersion } from '../lib/install.ts';
import { nginxCase } from './cases/case.ts';
import { combinedNginxCases } from './cases/nginx-combined.ts';
import { nginxCases } from './cases/nginx.ts';
import { startEcho } from './echo.ts';
import { adaptNginx } from './given/adapt-nginx.ts';
import { requestsFor } from './given/requests.ts';
import { generateConfig } from './nginx-generate.ts';
import {
  applicationRoot,
  documentRoot,
  freePorts,
  listening,
  lookup,
  play,
  type GeneratedConfig,
  type RoutingResult,
} from './play.ts';
import { Draw } from './random.ts';
import { makeCertificate, type Sockets } from './sockets.ts';

export function runNginxRouting(seed: number, configCount: number, requestsPerConfig: number): Promise<RoutingResult> {
  const random = new Draw(seed);
  return run(configCount, (setup) => generateConfig({ random, ...setup }, requestsPerConfig));
}

/** Throws for a case that nginx refuses. */
export function runNginxCases(): Promise<RoutingResult> {
  const all = [...nginxCases, ...combinedNginxCases];
  const cases = all.values();
  return run(all.length, (setup) => nginxCase(cases.next().value!, setup), true);
}

/** One config of a user in an nginx of its own. Throws if nginx refuses it. */
export function runGivenNginx(text: string, seed: number, requestCount: number): Promise<RoutingResult> {
  const random = new Draw(seed);
  return run(
    1,
    (setup) => {
      applicationRoot(setup.root);
      const adapted = adaptNginx(text, setup);
      const targets = { nginx: installedVersion('nginx')! };
      return { text: adapted, requests: requestsFor(parsed(wholeConfig('/', adapted)), targets, random, requestCount) };
    },
    true,
  );
}

interface Setup extends Sockets {
  readonly id: number;
  readonly backend: number;
  readonly root: string;
}

async function run(
  configCount: number,
  next: (setup: Setup) => GeneratedConfig,
  isStrict = false,
): Promise<RoutingResult> {
  const nginx = installedVersion('nginx');
  if (!nginx) throw new Error('nginx is not installed');
  const directory = mkdtempSync(join(tmpdir(), 'routing-'));
  const echo = await startEcho();
  let server: ChildProcess | undefined;
  try {
    const root = documentRoot(directory);
    const certificate = makeCertificate(directory);
    const configs: GeneratedConfig[] = [];
    // Two ports for each config, and one to see that the server runs.
    const base = await freePorts(2 * configCount + 1);
    const running = base + 2 * configCount;
    for (let id = 0; configs.length < configCount && id < configCount * 4; id++) {
      const port = base + 2 * configs.length;
      const config = next({ id, port, tlsPort: port + 1, certificate, backend: echo.port, root });
      const refused = refusal(directory, config.text);
      if (refused === undefined) configs.push(config);
      else if (isStrict) throw new Error(`${refused}\n${config.text}`);
    }
    const main = wholeConfig(
      directory,
      [...configs.map(({ text }) => text), `server { listen 127.0.0.1:${running}; }`].join('\n'),
    );
    writeFileSync(join(directory, 'nginx.conf'), main);
    server = spawn('nginx', ['-p', directory, '-c', 'nginx.conf'], { stdio: 'ignore' });
    await listening(server, running);
    return await play(
      configs.map((config) => {
        const whole = parsed(wholeConfig(directory, config.text));
        const model = lower(whole, { nginx });
        return { ...config, trace: (request) => traceNginx(whole, model, { nginx }, request, lookup) };
      }),
    );
  } finally {
    server?.kill('SIGTERM');
    await echo.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

export function parsed(text: string): Config {
  const file = parseNginx(new SourceFile('nginx.conf', text));
  return { dialect: 'nginx', file, files: [file], level: 'main', complete: true, serversComplete: true };
}

/** With a master process: it starts a worker anew that a request has crashed, as some do in nginx before 1.29.4. */
export function wholeConfig(directory: string, http: string): string {
  return `daemon off;
user root;
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

/** What nginx says against it. */
export function refusal(directory: string, http: string): string | undefined {
  writeFileSync(join(directory, 'try.conf'), wholeConfig(directory, http));
  const { status, stderr } = spawnSync('nginx', ['-t', '-q', '-p', directory, '-c', 'try.conf'], { encoding: 'utf8' });
  return status === 0 ? undefined : stderr;
}
