/** What Lemmy needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'lemmy',
  name: 'Lemmy',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['lemmy', 'lemmyui'], otherPaths: ['/api/v3/', '/pictrs/', '/nodeinfo'] },
  ports: [
    { port: 8536, scheme: 'http', role: 'backend' },
    { port: 1234, scheme: 'http', role: 'lemmy-ui' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/LemmyNet/lemmy-docs',
      what: 'src/administration/from_scratch.md, assets/.../nginx_internal.conf',
      read: '2026-08-01 64981a2',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: '/api, /pictrs, /feeds, /nodeinfo, /.well-known go to 8536; elsewhere Accept: application/... and POST go to 8536, the rest to the UI (1234).',
      symptom: 'federation gets HTML',
      sources: ['docs'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 20971520,
      strength: 'breaks',
      proof: 'documented',
      fact: '20M for images.',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Real-IP': 'client-ip', 'X-Forwarded-For': 'append-ip' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'Host, X-Real-IP, X-Forwarded-For.',
      sources: ['docs'],
    },
  ],
};
