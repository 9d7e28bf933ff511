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
import { startEcho } from './echo.ts';
import { generateConfig } from './nginx-generate.ts';
import { documentRoot, freePorts, listening, lookup, play, type GeneratedConfig, type RoutingResult } from './play.ts';
import { Draw } from './random.ts';
import { makeCertificate } from './sockets.ts';

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
    const random = new Draw(seed);
    const certificate = makeCertificate(directory);
    const configs: GeneratedConfig[] = [];
    // Two ports for each config, and one to see that the server runs.
    const base = await freePorts(2 * configCount + 1);
    const running = base + 2 * configCount;
    for (let id = 0; configs.length < configCount && id < configCount * 4; id++) {
      const port = base + 2 * configs.length;
      const setup = { random, id, port, tlsPort: port + 1, certificate, backend: echo.port, root };
      const config = generateConfig(setup, requestsPerConfig);
      if (accepts(directory, config.text)) configs.push(config);
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

function parsed(text: string): Config {
  const file = parseNginx(new SourceFile('nginx.conf', text));
  return { dialect: 'nginx', file, files: [file], level: 'main', complete: true };
}

/** With a master process: it starts a worker anew that a request has crashed, as some do in nginx before 1.29.4. */
function wholeConfig(directory: string, http: string): string {
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

function accepts(directory: string, http: string): boolean {
  writeFileSync(join(directory, 'try.conf'), wholeConfig(directory, http));
  return spawnSync('nginx', ['-t', '-q', '-p', directory, '-c', 'try.conf']).status === 0;
}
