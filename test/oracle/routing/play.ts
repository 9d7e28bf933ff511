/** What the oracles of both servers share: files to serve, and playing requests to a running server beside `trace`. */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
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

export async function listening(port: number): Promise<void> {
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
  throw new Error(`the server does not listen on port ${port}`);
}
