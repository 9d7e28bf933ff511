import { join } from 'node:path';

import type { Played } from '../types.ts';
import { everything, file, is, modules, node, not } from '../parts.ts';

const inRoot: Played = {
  id: 'node-red',
  packages: 'npm: node-red@4.1.15',
  isInCi: false,
  program: join(modules, 'node-red/red.js'),
  start(folder, port) {
    file(
      folder,
      'settings.js',
      `module.exports = { uiHost: '127.0.0.1', uiPort: ${port}, logging: { console: { level: 'off' } } };`,
    );
    return { command: [node, join(modules, 'node-red/red.js'), '-u', folder, '-s', join(folder, 'settings.js')] };
  },
  ready: '/settings',
  good: everything,
  broken: [
    {
      name: 'no upgrade',
      parts: { ...everything, upgrade: false },
      ask: { path: '/comms', upgrade: true },
      symptom: not(101),
      rule: 'missing-websocket-upgrade',
    },
    {
      name: 'default body limit',
      parts: { host: '$http_host', scheme: true, upgrade: true },
      ask: { method: 'POST', path: '/flows', size: 3_000_000 },
      symptom: is(413),
      rule: 'application-body-size',
      servers: ['nginx'],
    },
  ],
};

const belowPath: Played = {
  ...inRoot,
  label: 'httpAdminRoot',
  start(folder, port) {
    const settings = `module.exports = { uiHost: '127.0.0.1', uiPort: ${port}, httpRoot: '/red', logging: { console: { level: 'off' } } };`;
    file(folder, 'settings.js', settings);
    return { command: [node, join(modules, 'node-red/red.js'), '-u', folder, '-s', join(folder, 'settings.js')] };
  },
  ready: '/red/settings',
  good: { ...everything, prefix: '/red' },
  broken: [
    {
      name: 'prefix removed',
      parts: { ...everything, prefix: '/red', slash: true },
      ask: { path: '/red/settings' },
      symptom: not(200),
      rule: 'application-path',
    },
  ],
};

export const played = [inRoot, belowPath];
