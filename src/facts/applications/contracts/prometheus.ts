/** What Prometheus needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'prometheus',
  name: 'Prometheus',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['prometheus'], otherPaths: ['/graph', '/api/v1/query', '/-/reload', '/-/quit', '/api/v1/admin/'] },
  ports: [{ port: 9090, scheme: 'http' }],
  sources: {
    cli: {
      where: 'https://github.com/prometheus/prometheus',
      what: 'docs/command-line/prometheus.md, cmd/prometheus/main.go',
      read: '2026-08-21 d15adb9a',
    },
    'run, 2.42.0': {
      where: 'Prometheus 2.42.0 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'played',
      fact: '--web.external-url with a path prefixes all routes, unless --web.route-prefix says otherwise (= / when the proxy strips).',
      symptom: '404, or redirect to the wrong path',
      sources: ['cli', 'run, 2.42.0'],
    },
    {
      about: 'private',
      paths: ['/-/', '/api/v1/admin/'],
      degree: 'closed',
      strength: 'security',
      proof: 'played',
      fact: '/api/v1/admin and /-/reload, /-/quit when enabled (both off by default); no authentication of its own in most setups.',
      sources: ['cli', 'run, 2.42.0'],
    },
  ],
};
