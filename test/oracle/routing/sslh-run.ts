/** Plays what clients send first to random configs on a real sslh, and compares the entry that gets it with `trace`. */
import { connect, createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { parseNetwork } from '../../../src/model/network.ts';
import type { Trace, TraceRequest } from '../../../src/model/trace.ts';
import { parseSslh } from '../../../src/parsers/sslh/parse.ts';
import { configOf } from '../../../src/servers/config.ts';
import { traceSslh } from '../../../src/servers/sslh/trace/trace.ts';
import { SourceFile } from '../../../src/text/source.ts';
import { listenOnLoopback, type Backend } from '../../helpers/loopback.ts';
import { installedSslh, startSslh } from '../lib/sslh.ts';
import { describe } from './compare.ts';
import { freePorts, type RoutingResult } from './play.ts';
import { Draw } from './random.ts';
import { generateSslh, sslhRequest } from './sslh-generate.ts';

/** Each says its port to whoever comes. */
const backendCount = 7;

export async function runSslhRouting(
  seed: number,
  configCount: number,
  requestsPerConfig: number,
): Promise<RoutingResult> {
  const version = installedSslh();
  if (!version) throw new Error('sslh is not installed');
  const directory = mkdtempSync(join(tmpdir(), 'routing-'));
  const backends = await Promise.all(Array.from({ length: backendCount }, startNamed));
  const random = new Draw(seed);
  const result = {
    configs: 0,
    pairs: 0,
    agreed: 0,
    unknownReasons: new Map<string, number>(),
    differences: [] as Difference[],
  };
  try {
    for (let index = 0; index < configCount; index++) {
      const port = await freePorts(1);
      const text = generateSslh(
        random,
        port,
        backends.map((backend) => backend.port),
      );
      const requests = Array.from({ length: requestsPerConfig }, () => sslhRequest(random, port));
      const path = join(directory, 'sslh.cfg');
      writeFileSync(path, text);
      const config = configOf(parseSslh(new SourceFile('sslh.cfg', text)));
      const server = await startSslh(path);
      if (!server.runs) throw new Error(`sslh does not start:\n${server.output}\n${text}`);
      result.configs++;
      const answers = await Promise.all(requests.map(backendOf));
      server.stop();
      for (const [at, request] of requests.entries()) {
        result.pairs++;
        const trace = traceSslh(config, { sslh: version }, request);
        const { outcome } = trace;
        if (outcome.kind === 'unknown')
          result.unknownReasons.set(outcome.reason, 1 + (result.unknownReasons.get(outcome.reason) ?? 0));
        else if (outcome.kind === 'tunnel' && outcome.backend === `127.0.0.1:${answers[at]}`) result.agreed++;
        else
          result.differences.push({
            request: describeOpening(trace),
            what: `traced ${JSON.stringify(outcome)}, went to ${answers[at]}`,
            config: text,
          });
      }
    }
  } finally {
    await Promise.all(backends.map((backend) => backend.close()));
    rmSync(directory, { recursive: true, force: true });
  }
  const unknown = [...result.unknownReasons.values()].reduce((sum, count) => sum + count, 0);
  return { ...result, unknown };
}

type Difference = RoutingResult['differences'][number];

function describeOpening(trace: Trace): string {
  const { protocol, firstBytes, alpn } = trace.request;
  return `${describe(trace)} ${JSON.stringify({ protocol, firstBytes, alpn })}`;
}

function startNamed(): Promise<Backend> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(String((server.address() as AddressInfo).port));
  });
  return listenOnLoopback(server);
}

/** The port of the backend that was reached; empty: none. */
async function backendOf(request: TraceRequest): Promise<string> {
  const bytes = await firstBytesOf(request);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(request.port, '127.0.0.1', () => bytes !== '' && socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1');
    socket.setTimeout(15_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk: string) => {
      received += chunk;
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve(received) : reject(error),
    );
    socket.on('close', () => resolve(received));
  });
}

async function firstBytesOf(request: TraceRequest): Promise<string> {
  const { protocol, scheme, firstBytes = '', method, target, headers } = request;
  if (scheme === 'https') return helloOf(request);
  if (protocol === 'ssh') return 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n';
  if (protocol === 'tcp') return firstBytes;
  return `${method} ${target} HTTP/1.1\r\n${headers.map((header) => `${header.join(': ')}\r\n`).join('')}\r\n`;
}

/** What the TLS library sends. */
async function helloOf({ host, alpn = [] }: TraceRequest): Promise<string> {
  let seen: (bytes: string) => void;
  const hello = new Promise<string>((resolve) => (seen = resolve));
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (chunk) => {
      seen(chunk.toString('latin1'));
      socket.destroy();
    });
  });
  const { port, close } = await listenOnLoopback(server);
  const client = connectTls({
    host: '127.0.0.1',
    port,
    ...(!parseNetwork(host) && { servername: host }),
    ...(alpn.length > 0 && { ALPNProtocols: [...alpn] }),
  });
  client.on('error', () => {});
  const bytes = await hello;
  client.destroy();
  await close();
  return bytes;
}
