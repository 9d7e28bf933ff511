/** The two servers, as the oracle of `diff` starts them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Side } from '../../../src/diff/side.ts';
import { loadTracer, lower, serverOf } from '../../../src/servers/index.ts';
import { installedVersion } from '../lib/install.ts';
import * as apacheRun from '../routing/apache-run.ts';
import { generateConfig as generateApache, generateMain } from '../routing/apache-generate.ts';
import * as nginxRun from '../routing/nginx-run.ts';
import { generateConfig as generateNginx } from '../routing/nginx-generate.ts';
import { listening, type GeneratedConfig } from '../routing/play.ts';
import type { Draw } from '../routing/random.ts';
import type { Sockets } from '../routing/sockets.ts';

export interface Setup extends Sockets {
  readonly random: Draw;
  readonly id: number;
  readonly backend: number;
  readonly root: string;
}

export interface DiffServer {
  readonly dialect: 'nginx' | 'apache';
  readonly generate: (setup: Setup, requests: number) => GeneratedConfig;
  /** What it says against the hosts; undefined: it accepts them. */
  readonly refusal: (directory: string, hosts: string) => string | undefined;
  /** Waits until it takes connections on `running`. */
  readonly start: (directory: string, hosts: string, running: number) => Promise<ChildProcess>;
  readonly sideOf: (directory: string, hosts: string) => Promise<Side>;
}

export function nginxServer(): DiffServer {
  const nginx = installedVersion('nginx')!;
  return {
    dialect: 'nginx',
    generate: generateNginx,
    refusal: nginxRun.refusal,
    async start(directory, hosts, running) {
      const text = nginxRun.wholeConfig(directory, `${hosts}\nserver { listen 127.0.0.1:${running}; }`);
      writeFileSync(join(directory, 'nginx.conf'), text);
      const server = spawn('nginx', ['-p', directory, '-c', 'nginx.conf'], { stdio: 'ignore' });
      await listening(server, running);
      return server;
    },
    async sideOf(directory, hosts) {
      const config = nginxRun.parsed(nginxRun.wholeConfig(directory, hosts));
      const targets = { nginx };
      const tracer = (await loadTracer('nginx'))!;
      const forms = await serverOf('nginx').loadSettingForms?.();
      return { config, model: lower(config, targets), targets, tracer, forms, refusal: undefined };
    },
  };
}

export function apacheServer(random: Draw): DiffServer {
  const apache = installedVersion('apache')!;
  const main = generateMain({ random });
  const whole = (directory: string, hosts: string): string =>
    apacheRun.wholeConfig(apacheRun.apacheMain(directory), main, hosts);
  return {
    dialect: 'apache',
    generate: generateApache,
    refusal: (directory, hosts) => apacheRun.refusal(directory, whole(directory, hosts)),
    async start(directory, hosts, running) {
      chmodSync(directory, 0o777);
      writeFileSync(join(directory, 'httpd.conf'), whole(directory, `${hosts}\nListen 127.0.0.1:${running}`));
      const env = { PATH: process.env['PATH'] };
      const options = { stdio: 'ignore', env, ...apacheRun.ordinaryUser() } as const;
      const server = spawn('apache2', ['-X', '-f', join(directory, 'httpd.conf')], options);
      await listening(server, running);
      return server;
    },
    async sideOf(directory, hosts) {
      const config = apacheRun.parse(whole(directory, hosts));
      const targets = { apache };
      const tracer = (await loadTracer('apache'))!;
      const forms = await serverOf('apache').loadSettingForms?.();
      return { config, model: lower(config, targets), targets, tracer, forms, refusal: undefined };
    },
  };
}

export async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}
