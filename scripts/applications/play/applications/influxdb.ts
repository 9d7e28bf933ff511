import type { Played } from '../types.ts';
import { everything, file, is } from '../parts.ts';

export const played: Played = {
  id: 'influxdb',
  packages: 'influxdb',
  isInCi: true,
  program: '/usr/bin/influxd',
  start(folder, port) {
    const config = `reporting-disabled = true\nbind-address = "127.0.0.1:0"\n[meta]\n  dir = "${folder}/meta"\n[data]\n  dir = "${folder}/data"\n  wal-dir = "${folder}/wal"\n[http]\n  bind-address = "127.0.0.1:${port}"\n  log-enabled = false\n`;
    return { command: ['/usr/bin/influxd', '-config', file(folder, 'i.conf', config)] };
  },
  ready: '/ping',
  good: { ...everything, closed: ['/debug/'] },
  broken: [
    {
      name: 'default body limit',
      parts: { host: '$http_host', scheme: true, closed: ['/debug/'] },
      ask: { method: 'POST', path: '/write?db=a', size: 2_400_000 },
      symptom: is(413),
      rule: 'application-body-size',
      servers: ['nginx'],
    },
    {
      name: 'debug open',
      parts: everything,
      ask: { path: '/debug/pprof/cmdline' },
      symptom: is(200),
      rule: 'application-exposure',
    },
  ],
};
