import { resolve } from 'node:path';

import { everything, file, modules, node, says, withoutScheme } from '../parts.ts';
import type { Played } from '../types.ts';

export const played: Played = {
  id: 'express',
  label: 'trust proxy',
  packages: 'npm: express@4.22.3',
  isInCi: true,
  program: resolve(modules, 'express/package.json'),
  start(folder, port) {
    const script = `const app = require(${JSON.stringify(resolve(modules, 'express'))})();
app.set('trust proxy', 'loopback');
app.get('/', (q, r) => r.send(q.protocol + ' ' + q.ip));
app.listen(${port}, '127.0.0.1');`;
    return { command: [node, file(folder, 's.cjs', script)] };
  },
  ready: '/',
  good: everything,
  broken: [
    withoutScheme({ ask: { path: '/' }, symptom: says('http ') }),
    {
      name: 'no address',
      parts: { ...everything, address: false },
      ask: { path: '/', headers: { 'X-Forwarded-For': '203.0.113.9' } },
      // Anybody chooses the address.
      symptom: says(' 203.0.113.9'),
      rule: 'missing-forwarded-for',
      servers: ['nginx'],
    },
  ],
};
