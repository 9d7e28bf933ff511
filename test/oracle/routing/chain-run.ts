/** Plays random requests to random chains of running servers, and compares what arrives at the end with `trace` over all hops. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configOf } from '../../../src/servers/config.ts';
import { loadParser, loadTracer, lower } from '../../../src/servers/index.ts';
import type { Dialect } from '../../../src/syntax/tree.ts';
import { SourceFile } from '../../../src/text/source.ts';
import { followRequest, type Hop } from '../../../src/topology/follow.ts';
import { unnamedMachine } from '../../../src/topology/machine.ts';
import { Topology, type Member } from '../../../src/topology/topology.ts';
import { installedVersion } from '../lib/install.ts';
import { installedSslh, startSslh, type StartedSslh } from '../lib/sslh.ts';
import { apacheMain, ordinaryUser } from './apache-run.ts';
import { generateChain, portsOfChain, type GeneratedChain } from './chain-generate.ts';
import { send, type Answer } from './client.ts';
import { compareEchoed, describe, type Comparison } from './compare.ts';
import { startEcho } from './echo.ts';
import { freePorts, listening, lookup, type RoutingResult } from './play.ts';
import { Draw } from './random.ts';
import { makeCertificate } from './sockets.ts';

export async function runChains(seed: number, chainCount: number, requestsPerChain: number): Promise<RoutingResult> {
  const directory = mkdtempSync(join(tmpdir(), 'routing-'));
  chmodSync(directory, 0o777);
  for (const folder of ['nginx', 'html']) mkdirSync(join(directory, folder));
  const echo = await startEcho();
  const processes: ChildProcess[] = [];
  const fronts: StartedSslh[] = [];
  try {
    const random = new Draw(seed);
    const certificate = makeCertificate(directory);
    chmodSync(`${certificate}.key`, 0o644);
    const base = await freePorts(portsOfChain * chainCount + 2);
    const running = base + portsOfChain * chainCount;
    const chains = Array.from({ length: chainCount }, (_, index) =>
      generateChain({ random, port: base + index * portsOfChain, backend: echo.port, certificate }, requestsPerChain),
    );
    const all = (part: 'nginx' | 'stream' | 'apache'): string => chains.map((chain) => chain[part]).join('');
    const nginx = nginxConfig(directory, all('stream'), `${all('nginx')}server { listen 127.0.0.1:${running}; }`);
    writeFileSync(join(directory, 'nginx.conf'), nginx);
    processes.push(spawn('nginx', ['-p', directory, '-c', 'nginx.conf'], { stdio: 'ignore' }));
    const apache = `${apacheMain(directory)}${all('apache')}Listen 127.0.0.1:${running + 1}\n`;
    writeFileSync(join(directory, 'httpd.conf'), apache);
    const env = { PATH: process.env['PATH'] };
    processes.push(
      spawn('apache2', ['-X', '-f', join(directory, 'httpd.conf')], { stdio: 'ignore', env, ...ordinaryUser() }),
    );
    await listening(processes[0]!, running);
    await listening(processes[1]!, running + 1);
    for (const [index, { sslh }] of chains.entries()) {
      if (sslh === '') continue;
      const path = join(directory, `sslh-${index}.cfg`);
      writeFileSync(path, sslh);
      const started = await startSslh(path);
      if (!started.runs) throw new Error(`sslh does not start: ${started.output}`);
      fronts.push(started);
    }
    return await playChains(chains, directory);
  } finally {
    for (const front of fronts) front.stop();
    for (const each of processes) each.kill('SIGTERM');
    await echo.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function nginxConfig(directory: string, stream: string, servers: string): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const temporary = paths.map((name) => `${name}_temp_path ${directory}/nginx/${name};`).join(' ');
  return `${streamModule}user root;
daemon off;
pid ${directory}/nginx.pid;
error_log /dev/null;
events {}
stream { ${stream} }
http { access_log off; ${temporary}
${servers}
}
`;
}

/** Debian keeps it in a file of its own. */
const streamModule = 'load_module /usr/lib/nginx/modules/ngx_stream_module.so;\n';

const parsers = { nginx: loadParser('nginx'), apache: loadParser('apache'), sslh: loadParser('sslh') };

async function topologyOf({ sslh, stream, nginx, apache }: GeneratedChain, directory: string): Promise<Topology> {
  const machine = unnamedMachine();
  const targets = {
    nginx: installedVersion('nginx')!,
    apache: installedVersion('apache')!,
    sslh: installedSslh()!,
  };
  const member = async (dialect: Dialect, text: string): Promise<Member[]> => {
    if (text === '') return [];
    const config = configOf((await parsers[dialect])(new SourceFile(`${dialect}.conf`, text)));
    return [{ config, model: lower(config, targets), targets, machine }];
  };
  return new Topology(
    [
      ...(await member('sslh', sslh)),
      ...(await member('nginx', stream + nginx === '' ? '' : nginxConfig(directory, stream, nginx))),
      ...(await member('apache', apache && `${apacheMain(directory)}${apache}`)),
    ],
    true,
  );
}

async function playChains(chains: readonly GeneratedChain[], directory: string): Promise<RoutingResult> {
  const tracers = new Map(
    await Promise.all(
      (['nginx', 'apache', 'sslh'] as const).map(async (name) => [name, await loadTracer(name)] as const),
    ),
  );
  const unknownReasons = new Map<string, number>();
  const differences: { request: string; what: string; config: string }[] = [];
  let pairs = 0;
  let agreed = 0;
  for (const chain of chains) {
    const topology = await topologyOf(chain, directory);
    for (const request of chain.requests) {
      pairs++;
      const hops = topology.members.flatMap(
        (member) =>
          followRequest(
            topology,
            member,
            request,
            ({ config }) => tracers.get(config.dialect),
            () => lookup,
          ) ?? [],
      );
      const first = hops.find(({ trace }) => trace.outcome.kind !== 'refused');
      if (!first) throw new Error(`nobody listens on ${request.port}`);
      const result = compareChain(first, await send(request));
      if (result.kind === 'agree') agreed++;
      else if (result.kind === 'unknown')
        unknownReasons.set(result.reason, (unknownReasons.get(result.reason) ?? 0) + 1);
      else {
        const { sslh, stream, nginx, apache } = chain;
        differences.push({
          request: describe(first.trace),
          what: result.what,
          config: [sslh, stream, nginx, apache].join('\n'),
        });
      }
    }
  }
  const unknown = [...unknownReasons.values()].reduce((sum, count) => sum + count, 0);
  return { configs: chains.length, pairs, agreed, unknown, unknownReasons, differences };
}

/** Of the way back only the status is compared: proxies change headers there. */
function compareChain(first: Hop, answer: Answer): Comparison {
  let last = first;
  let readsRequests = 0;
  for (let hop: Hop | undefined = first; hop; hop = hop.next) {
    last = hop;
    if (hop.next && hop.trace.outcome.kind === 'proxy') readsRequests++;
  }
  const differ = (what: string): Comparison => ({ kind: 'differ', what });
  const { outcome } = last.trace;
  if (last.stop !== undefined) return { kind: 'unknown', reason: last.stop };
  switch (outcome.kind) {
    case 'unknown':
      return { kind: 'unknown', reason: outcome.reason };
    case 'proxy':
      return compareEchoed(outcome, answer);
    case 'response':
      return outcome.status === answer.status
        ? { kind: 'agree' }
        : differ(`traced ${outcome.status} at the end, got ${answer.status}`);
    case 'closed': {
      const expected = readsRequests > 0 ? answer.status === 502 : answer.status === undefined;
      return expected ? { kind: 'agree' } : differ(`traced a closed connection at the end, got ${answer.status}`);
    }
    default:
      return differ(`traced ${outcome.kind} at the end, got ${answer.status}`);
  }
}
