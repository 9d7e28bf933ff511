import type { Played } from '../types.ts';
import { everything, file, is, not, wrongHosts } from '../parts.ts';

const ask = { path: '/cockpit/socket', upgrade: true, headers: { 'Sec-WebSocket-Protocol': 'cockpit1' } };

const start =
  (settings: string): Played['start'] =>
  (folder, port) => {
    file(folder, 'cockpit/cockpit.conf', `[WebService]\nProtocolHeader = X-Forwarded-Proto\n${settings}`);
    return {
      command: ['/usr/lib/cockpit/cockpit-ws', '--no-tls', '--address=127.0.0.1', `--port=${port}`],
      env: { XDG_CONFIG_DIRS: folder },
    };
  };

const inRoot: Played = {
  id: 'cockpit',
  packages: 'cockpit-ws',
  isInCi: true,
  program: '/usr/lib/cockpit/cockpit-ws',
  start: start(''),
  ready: '/ping',
  good: everything,
  broken: [
    {
      name: 'no upgrade',
      parts: { ...everything, upgrade: false },
      ask,
      symptom: not(101),
      rule: 'missing-websocket-upgrade',
    },
    ...wrongHosts({ ask, symptom: is(403) }),
    {
      name: 'no scheme',
      parts: { ...everything, scheme: false },
      ask,
      symptom: is(403),
      rule: 'missing-forwarded-proto',
    },
  ],
};

const belowPath: Played = {
  ...inRoot,
  label: 'UrlRoot',
  start: start('UrlRoot = /machine\n'),
  ready: '/machine/ping',
  good: { ...everything, prefix: '/machine' },
  broken: [
    {
      name: 'prefix removed',
      parts: { ...everything, prefix: '/machine', slash: true },
      ask: { path: '/machine/ping' },
      symptom: not(200),
      rule: 'application-path',
    },
  ],
};

export const played = [inRoot, belowPath];
