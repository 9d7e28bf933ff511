/** What the oracles of both servers share: files to serve, and playing requests to a running server beside `trace`. */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { hasVariants, kindOnDisk } from '../../../src/cli/files/files-on-disk.ts';
import type { FileLookup, Trace, TraceRequest } from '../../../src/model/trace.ts';
import { send } from './client.ts';
import { compare, describe } from './compare.ts';

export interface GeneratedConfig {
  /** What the config adds to those that share its process, on two ports of its own. */
  readonly text: string;
  readonly requests: readonly TraceRequest[];
}

export interface PlayedConfig extends GeneratedConfig {
  readonly trace: (request: TraceRequest) => Trace;
}

export interface RoutingResult {
  readonly configs: number;
  readonly pairs: number;
  readonly agreed: number;
  readonly unknown: number;
  /** Reason to count. */
  readonly unknownReasons: ReadonlyMap<string, number>;
  readonly differences: readonly { readonly request: string; readonly what: string; readonly config: string }[];
}

export async function play(configs: readonly PlayedConfig[]): Promise<RoutingResult> {
  let pairs = 0;
  let agreed = 0;
  const unknownReasons = new Map<string, number>();
  const differences: { request: string; what: string; config: string }[] = [];
  for (const { text, requests, trace } of configs) {
    for (const request of requests) {
      pairs++;
      const traced = trace(request);
      const result = compare(traced, await send(request));
      if (result.kind === 'agree') agreed++;
      else if (result.kind === 'unknown')
        unknownReasons.set(result.reason, (unknownReasons.get(result.reason) ?? 0) + 1);
      else differences.push({ request: describe(traced), what: result.what, config: text });
    }
  }
  const unknown = [...unknownReasons.values()].reduce((sum, count) => sum + count, 0);
  return { configs: configs.length, pairs, agreed, unknown, unknownReasons, differences };
}

/** The files of this machine. */
export const lookup: FileLookup = Object.assign((path: string) => kindOnDisk(path), { hasVariants });

/** Makes a document root with `index.html`, `a/index.html`, `a/b.txt`, `static/x.css`, `b.txt`, and an empty folder `b`. */
export function documentRoot(directory: string): string {
  const root = join(directory, 'html');
  for (const folder of ['a', 'static', 'b']) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['index.html', 'a/index.html', 'a/b.txt', 'static/x.css', 'b.txt'])
    writeFileSync(join(root, file), file);
  return root;
}

/** What applications have in their document roots. */
export function applicationRoot(root: string): void {
  for (const folder of ['wp-admin', 'wp-content/uploads', 'public', 'css', '.well-known/acme-challenge', '.git'])
    mkdirSync(join(root, folder), { recursive: true });
  const files =
    'index.php wp-login.php wp-admin/index.php wp-content/uploads/x.php status.php remote.php public/index.php public/app.js css/app.css static/app.js favicon.ico robots.txt .well-known/acme-challenge/t .git/HEAD .env .htpasswd';
  for (const file of files.split(' ')) writeFileSync(join(root, file), file);
}

/** Waits until the server takes connections; throws if it ends first. */
export async function listening(server: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (server.exitCode !== null) throw new Error(`the server ended with status ${server.exitCode}`);
    if (await connects(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server does not listen on port ${port}`);
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Of each block its process holds the first port, which keeps all others out; below the ports that the system hands out itself. */
const blocks = { from: 10_000, to: 32_000, size: 500 };
let next = 0;
let end = 0;

/** The first of `count` free ports in a row. */
export async function freePorts(count: number): Promise<number> {
  if (count >= blocks.size) throw new Error(`${count} ports are more than a block has`);
  for (;;) {
    while (next + count > end) await takeBlock();
    const base = next;
    next += count;
    const ports = Array.from({ length: count }, (_, index) => base + index);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return base;
  }
}

async function takeBlock(): Promise<void> {
  const count = Math.floor((blocks.to - blocks.from) / blocks.size);
  for (let index = 0; index < count; index++) {
    const first = blocks.from + ((process.pid + index) % count) * blocks.size;
    if (!(await hold(first))) continue;
    next = first + 1;
    end = first + blocks.size;
    return;
  }
  throw new Error('no free ports');
}

/** Until the process ends. */
function hold(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const holder = createServer().unref();
    holder.on('error', () => resolve(false));
    holder.listen(port, '127.0.0.1', () => resolve(true));
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
