/** What the cases of sslh find around them: backends that answer with their port in the configs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { listenOnLoopback, type Backend } from '../../helpers/loopback.ts';
import type { Surroundings } from './surroundings.ts';

const names = [22, 80, 1194, 8443, 9443];

export async function startSslhSurroundings(): Promise<Surroundings> {
  const folder = mkdtempSync(join(tmpdir(), 'witness-'));
  const backends = await Promise.all(names.map(startBackend));
  return {
    folder,
    backends: new Map(names.map((name, index) => [name, backends[index]!.port])),
    close: async () => {
      await Promise.all(backends.map(({ close }) => close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Speaks first, as SSH servers do, to a client that says nothing. */
function startBackend(name: number): Promise<Backend> {
  const answer = String(name);
  return listenOnLoopback(
    createServer((socket) => {
      const greeting = setTimeout(() => socket.end(answer), 200);
      socket.once('data', () => {
        clearTimeout(greeting);
        socket.end(answer);
      });
    }),
  );
}
