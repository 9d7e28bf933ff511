/** What the oracles of both servers share: files to serve, and playing requests to a running server beside `trace`. */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { FileKind, Trace, TraceRequest } from '../../../src/trace/types.ts';
import { send } from './client.ts';
import { compare, describe } from './compare.ts';

export interface GeneratedConfig {
  /** What the config adds to those that share its process, all on one port. */
  readonly text: string;
  readonly requests: readonly TraceRequest[];
}

export interface PlayedConfig extends GeneratedConfig {
  readonly port: number;
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
  for (const { text, requests, port, trace } of configs) {
    for (const request of requests) {
      pairs++;
      const traced = trace(request);
      const result = compare(traced, await send(request, port));
      if (result.kind === 'agree') agreed++;
      else if (result.kind === 'unknown')
        unknownReasons.set(result.reason, (unknownReasons.get(result.reason) ?? 0) + 1);
      else differences.push({ request: describe(traced), what: result.what, config: text });
    }
  }
  const unknown = [...unknownReasons.values()].reduce((sum, count) => sum + count, 0);
  return { configs: configs.length, pairs, agreed, unknown, unknownReasons, differences };
}

export function lookup(path: string): FileKind {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file';
  } catch {
    return 'missing';
  }
}

/** Makes a document root with `index.html`, `a/index.html`, `a/b.txt`, `static/x.css`, `b.txt`, and an empty folder `b`. */
export function documentRoot(directory: string): string {
  const root = join(directory, 'html');
  for (const folder of ['a', 'static', 'b']) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['index.html', 'a/index.html', 'a/b.txt', 'static/x.css', 'b.txt'])
    writeFileSync(join(root, file), file);
  return root;
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

/** The first of `count` ports in a row that are free; each process looks first in a hundred of its own, below those of the system. */
export async function freePorts(count: number): Promise<number> {
  for (let base = 10_000 + (process.pid % 200) * 100; base < 32_000; base += Math.max(count, 1)) {
    const ports = Array.from({ length: count }, (_, index) => base + index);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no free ports');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
