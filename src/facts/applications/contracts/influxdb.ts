/** What InfluxDB needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'influxdb',
  name: 'InfluxDB',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['influxdb'], usual: ['influx'], otherPaths: ['/write', '/query', '/api/v2/write'] },
  ports: [{ port: 8086, scheme: 'http' }],
  sources: {
    cfg: {
      where: 'https://github.com/influxdata/influxdb',
      what: 'etc/config.sample.toml (1.x)',
      read: 'one stored version, date not shown (commit 00b8a49f)',
    },
    'run, 1.6.7': {
      where: 'InfluxDB 1.6.7 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'body-size',
      paths: ['/write'],
      least: 26214400,
      strength: 'breaks',
      proof: 'played',
      fact: '1.x accepts 25000000 bytes per write (max-body-size).',
      symptom: '413 for Telegraf batches',
      versions: '>=1 <2',
      sources: ['cfg', 'run, 1.6.7'],
    },
    {
      about: 'private',
      paths: ['/debug/'],
      degree: 'closed',
      strength: 'security',
      proof: 'played',
      fact: 'No authentication by default in 1.x; /debug/pprof is on.',
      versions: '>=1 <2',
      sources: ['cfg', 'run, 1.6.7'],
    },
  ],
};
