/** What Immich needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'immich',
  name: 'Immich',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['immich', 'immichserver'], common: ['photos'], otherPaths: ['/api/', '/api/socket.io/'] },
  ports: [
    { port: 2283, scheme: 'http' },
    { port: 3001, scheme: 'http', role: 'container port before 1.118 (recalled)' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/immich-app/immich',
      what: 'docs/docs/administration/reverse-proxy.md',
      read: 'one stored version, date not shown (commit 003cbadb (late 2024))',
    },
    page: { where: 'https://docs.immich.app/administration/reverse-proxy', read: '2026-11-30, stored copy' },
  },
  needs: [
    {
      about: 'body-size',
      paths: ['/'],
      least: 1073741824,
      strength: 'breaks',
      proof: 'documented',
      fact: '50000M in the sample.',
      symptom: '413 or 499 on upload from the app',
      sources: ['docs'],
    },
    {
      about: 'timeout',
      paths: ['/'],
      least: 600,
      strength: 'degrades',
      proof: 'documented',
      fact: '600 s (proxy_read, proxy_send, send_timeout).',
      sources: ['docs'],
    },
    {
      about: 'websocket',
      paths: ['/api/socket.io/'],
      strength: 'degrades',
      proof: 'documented',
      fact: 'Upgrade for all of /.',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: {
        Host: 'client-or-name',
        'X-Real-IP': 'client-ip',
        'X-Forwarded-Proto': 'scheme',
        'X-Forwarded-For': 'append-ip',
      },
      strength: 'breaks',
      proof: 'documented',
      fact: 'Host, X-Real-IP, X-Forwarded-Proto, X-Forwarded-For have to be set and all headers forwarded.',
      sources: ['docs'],
    },
    {
      about: 'sub-path',
      prefix: 'impossible',
      strength: 'breaks',
      proof: 'documented',
      fact: 'No sub path.',
      sources: ['page'],
    },
    {
      about: 'well-known',
      paths: ['/.well-known/immich'],
      strength: 'degrades',
      proof: 'documented',
      fact: 'The app finds the server by /.well-known/immich, which a location for /.well-known/ takes away where certificates are renewed.',
      symptom: 'the app does not connect',
      sources: ['page'],
    },
  ],
};
