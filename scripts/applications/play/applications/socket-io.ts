import { join, resolve } from 'node:path';

import type { Played } from '../types.ts';
import { everything, file, isCut, modules, node, not } from '../parts.ts';

export const played: Played = {
  id: 'socket.io',
  packages: 'npm: socket.io@4.8.4',
  isInCi: true,
  program: join(modules, 'socket.io/package.json'),
  start(folder, port) {
    const path = JSON.stringify(resolve(modules, 'socket.io'));
    const script = `const { Server } = require(${path}); const http = require('http').createServer((q, r) => r.end('ok')); new Server(http); http.listen(${port}, '127.0.0.1');`;
    return { command: [node, file(folder, 's.cjs', script)] };
  },
  ready: '/',
  good: everything,
  broken: [
    {
      name: 'no upgrade',
      parts: { ...everything, upgrade: false },
      ask: { path: '/socket.io/?EIO=4&transport=websocket', upgrade: true },
      symptom: not(101),
      rule: 'missing-websocket-upgrade',
    },
    {
      name: 'short timeout',
      parts: { ...everything, timeout: 1 },
      ask: { path: '/socket.io/?EIO=4&transport=websocket', upgrade: true, stays: 1500 },
      symptom: isCut,
      rule: 'application-timeout',
      // The tunnels of httpd have no limit.
      servers: ['nginx'],
    },
  ],
};
