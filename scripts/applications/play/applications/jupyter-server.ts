import type { Played } from '../types.ts';
import { everything, is, not } from '../parts.ts';

const start =
  (base: string): Played['start'] =>
  (folder, port) => ({
    command:
      `/usr/bin/jupyter-server --allow-root --no-browser --ip=127.0.0.1 --port=${port} --ServerApp.base_url=${base} --ServerApp.token= --ServerApp.disable_check_xsrf=True --ServerApp.allow_remote_access=True --ServerApp.root_dir=${folder}`.split(
        ' ',
      ),
    env: { HOME: folder },
  });

const inRoot: Played = {
  id: 'jupyter-server',
  packages: 'jupyter-server python3-ipykernel python3-terminado',
  isInCi: false,
  program: '/usr/bin/jupyter-server',
  start: start('/'),
  ready: '/api',
  prepare: [{ method: 'POST', path: '/api/terminals' }],
  good: everything,
  broken: [
    {
      name: 'no upgrade',
      parts: { ...everything, upgrade: false },
      ask: { path: '/terminals/websocket/1', upgrade: true },
      symptom: not(101),
      rule: 'missing-websocket-upgrade',
    },
    {
      name: '$host',
      parts: { ...everything, host: '$host' },
      ask: { path: '/terminals/websocket/1', upgrade: true },
      symptom: is(403),
      rule: 'application-headers',
      servers: ['nginx'],
    },
    {
      name: 'own Host of the backend',
      parts: { scheme: true, upgrade: true },
      ask: { path: '/terminals/websocket/1', upgrade: true },
      symptom: is(403),
      rule: 'application-headers',
      servers: ['apache'],
    },
    {
      name: 'default body limit',
      parts: { host: '$http_host', scheme: true, upgrade: true },
      ask: { method: 'PUT', path: '/api/contents/a.txt', size: 2_000_000 },
      symptom: is(413),
      rule: 'application-body-size',
      servers: ['nginx'],
    },
  ],
};

const belowPath: Played = {
  ...inRoot,
  label: 'base_url',
  start: start('/jupyter/'),
  ready: '/jupyter/api',
  prepare: [],
  good: { ...everything, prefix: '/jupyter' },
  broken: [
    {
      name: 'prefix removed',
      parts: { ...everything, prefix: '/jupyter', slash: true },
      ask: { path: '/jupyter/api' },
      symptom: not(200),
      rule: 'application-path',
    },
  ],
};

export const played = [inRoot, belowPath];
