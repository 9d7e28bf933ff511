/** What Portainer needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'portainer',
  name: 'Portainer',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['portainer'], otherPaths: ['/api/websocket/', '/api/endpoints/'] },
  ports: [
    { port: 9000, scheme: 'http' },
    { port: 9443, scheme: 'https', role: 'self-signed', fixed: true },
    { port: 8000, scheme: 'tcp', role: 'edge tunnel' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/portainer/portainer-docs',
      what: 'advanced/reverse-proxy/nginx.md',
      read: '2024-03-12 f03790a',
    },
    iss: { where: 'https://github.com/portainer/portainer/issues/12748', read: 'issue, 2025-07, label bug/confirmed' },
    iss2: { where: 'https://github.com/portainer/portainer/issues/12751', read: 'issue, 2025-07' },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client', 'X-Forwarded-Proto': 'scheme' },
      strength: 'breaks',
      proof: 'confirmed',
      fact: 'Origin or Referer must match Host with port, and X-Forwarded-Proto the scheme, or the host must be in --trusted-origins / TRUSTED_ORIGINS (bare host names; such a name does not match an Origin with a port, so on other ports Host must carry it: $http_host).',
      symptom: 'Forbidden - origin invalid',
      versions: '>=2.27.7',
      sources: ['iss', 'iss2'],
    },
    {
      about: 'websocket',
      paths: ['/api/websocket/'],
      strength: 'degrades',
      proof: 'recalled',
      fact: '/api/websocket/ (consoles).',
      sources: [],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: "9443 has a self-signed certificate; the vendor's proxy example uses 9000.",
      when: 'the proxy verifies the certificate (Apache compares the name by default, nginx does not)',
      sources: ['docs'],
    },
  ],
};
