import type { Played } from '../types.ts';
import { everything, file, is } from '../parts.ts';

export const played: Played = {
  id: 'docker-registry',
  packages: 'docker-registry',
  isInCi: true,
  program: '/usr/bin/docker-registry',
  start(folder, port) {
    const config = `version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: ${folder}/data\nhttp:\n  addr: 127.0.0.1:${port}\n`;
    return { command: ['/usr/bin/docker-registry', 'serve', file(folder, 'c.yml', config)] };
  },
  ready: '/v2/',
  good: { ...everything, timeout: 900 },
  broken: [
    {
      name: 'no scheme',
      parts: { ...everything, scheme: false },
      ask: { method: 'POST', path: '/v2/a/blobs/uploads/' },
      symptom: ({ headers }, origin) => !String(headers['location']).startsWith(origin),
      rule: 'missing-forwarded-proto',
    },
    {
      name: '$host',
      parts: { ...everything, host: '$host' },
      ask: { method: 'POST', path: '/v2/a/blobs/uploads/' },
      symptom: ({ headers }, origin) => !String(headers['location']).startsWith(origin),
      rule: 'application-headers',
      servers: ['nginx'],
    },
    {
      name: 'default body limit',
      parts: { host: '$http_host', scheme: true, upgrade: true },
      ask: { method: 'PUT', path: '/v2/a/manifests/b', size: 2_000_000 },
      symptom: is(413),
      rule: 'application-body-size',
      servers: ['nginx'],
    },
  ],
};
