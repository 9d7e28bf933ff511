/** What Overleaf needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'overleaf',
  name: 'Overleaf',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['overleaf', 'sharelatex'], common: ['latex'], otherPaths: ['/socket.io', '/project/'] },
  ports: [{ port: 80, scheme: 'http' }],
  sources: {
    tk: {
      where: 'https://github.com/overleaf/toolkit',
      what: 'lib/config-seed/nginx.conf, doc/tls-proxy.md',
      read: '2026-07-20 1ddb723',
    },
    ce: {
      where: 'https://github.com/overleaf/overleaf',
      what: 'server-ce/nginx/*.conf, server-ce/config/settings.js',
      read: '2026-06-26 05565653',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/socket.io'],
      strength: 'breaks',
      proof: 'confirmed',
      fact: '/socket.io; sample upgrades all of /.',
      sources: ['tk', 'ce'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-For': 'append-ip' },
      strength: 'breaks',
      proof: 'confirmed',
      fact: 'X-Forwarded-Proto and Host; trusted proxies: loopback by default (OVERLEAF_TRUSTED_PROXY_IPS must keep loopback, the nginx inside the container). With OVERLEAF_SECURE_COOKIE no login without X-Forwarded-Proto https.',
      sources: ['tk', 'ce'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 52428800,
      strength: 'breaks',
      proof: 'confirmed',
      fact: '50M outside as inside.',
      sources: ['tk', 'ce'],
    },
    {
      about: 'timeout',
      paths: ['/'],
      least: 180,
      strength: 'degrades',
      proof: 'confirmed',
      fact: 'Toolkit 3 minutes, inside 10 minutes (compiles).',
      sources: ['tk', 'ce'],
    },
    {
      about: 'private',
      paths: ['/metrics', '/health_check'],
      degree: 'closed',
      strength: 'security',
      proof: 'documented',
      fact: '/metrics and /health_check are refused by the nginx inside; a proxy straight to port 4000 or 3026 would open them.',
      sources: ['ce'],
    },
  ],
};
