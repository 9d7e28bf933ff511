/** What Alertmanager needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'alertmanager',
  name: 'Alertmanager',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['alertmanager'], common: ['alerts'], otherPaths: ['/api/v2/alerts'] },
  ports: [{ port: 9093, scheme: 'http' }],
  sources: {
    cli: {
      where: 'https://github.com/prometheus/alertmanager',
      what: 'cmd/alertmanager/main.go',
      read: '2026-08-22 68fb2d57',
    },
    'run, 0.25.0': {
      where: 'Alertmanager 0.25.0 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'played',
      fact: '--web.external-url and --web.route-prefix as for Prometheus.',
      sources: ['cli', 'run, 0.25.0'],
    },
  ],
};
