import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Played } from '../types.ts';
import { everything, file, not } from '../parts.ts';

export const played: Played = {
  id: 'netdata',
  packages: 'netdata-core netdata-web',
  isInCi: false,
  program: '/usr/sbin/netdata',
  start(folder, port) {
    const config = `[global]\n  run as user = root\n[directories]\n  lib = ${folder}/lib\n  cache = ${folder}/cache\n  log = ${folder}/log\n[db]\n  mode = ram\n[web]\n  bind to = 127.0.0.1:${port}\n  web files owner = root\n  web files group = root\n[plugins]\n  apps = no\n  python.d = no\n  go.d = no\n  charts.d = no\n  tc = no\n  cgroups = no\n  enable running new plugins = no\n`;
    for (const name of ['lib', 'cache', 'log']) mkdirSync(join(folder, name), { recursive: true });
    return { command: ['/usr/sbin/netdata', '-D', '-c', file(folder, 'n.conf', config), '-P', join(folder, 'pid')] };
  },
  ready: '/api/v1/info',
  good: { ...everything, prefix: '/netdata', slash: true },
  broken: [
    {
      name: 'prefix kept',
      parts: { ...everything, prefix: '/netdata' },
      ask: { path: '/netdata/api/v1/info' },
      symptom: not(200),
      rule: 'application-path',
    },
  ],
};
