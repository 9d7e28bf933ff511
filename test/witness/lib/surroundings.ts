/** What the cases find around them: files below /srv and /etc, and backends that answer with what they received. */
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Backend } from '../../helpers/loopback.ts';
import { startEcho } from '../../oracle/routing/echo.ts';
import { makeCertificates } from './certificates.ts';
import { startFastcgi } from './fastcgi.ts';
import { startH2 } from './h2.ts';
import { startH2c } from './h2c.ts';
import { startNameserver } from './nameserver.ts';

export interface Surroundings {
  /** Stands for the root of the file system. */
  readonly folder: string;
  /** From the port in a config to the real one. */
  readonly backends: ReadonlyMap<number, number>;
  readonly close: () => Promise<void>;
}

const files: Readonly<Record<string, string>> = {
  '/srv/secret.txt': 'not below the site',
  '/srv/site/index.html': 'index',
  '/srv/site/file.txt': 'a file',
  '/srv/site/docs/a.txt': 'a document',
  '/srv/site/index.php': '<?php $password = 1;',
  '/srv/site/.git/config': '[core]',
  '/srv/dav/old.txt': 'old',
  '/srv/big': '',
  '/etc/nginx/users': 'anna:{PLAIN}secret\n',
};

/** Bytes; more than the buffers of all sockets on the way take. */
const bigFile = 64 * 1024 * 1024;

export async function startSurroundings(): Promise<Surroundings> {
  const folder = mkdtempSync(join(tmpdir(), 'witness-'));
  for (const [path, content] of Object.entries(files)) writeWithin(folder, path, content);
  truncateSync(join(folder, '/srv/big'), bigFile);
  const tls = makeCertificates(folder);
  const backends: Readonly<Record<number, Backend>> = {
    5353: await startNameserver(),
    8080: await startEcho(),
    8081: await startEcho(),
    8082: await startH2c(),
    8083: await startH2(),
    8443: await startEcho(tls),
    9000: await startFastcgi(),
  };
  return {
    folder,
    backends: new Map(Object.entries(backends).map(([port, backend]) => [Number(port), backend.port])),
    close: async () => {
      await Promise.all(Object.values(backends).map((backend) => backend.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeWithin(folder: string, path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}
