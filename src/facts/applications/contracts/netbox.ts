/** What NetBox needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'netbox',
  name: 'NetBox',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['netbox'], otherPaths: ['/dcim/', '/ipam/', '/static/'] },
  ports: [
    { port: 8001, scheme: 'http' },
    { port: 8080, scheme: 'http', role: 'docker' },
  ],
  sources: {
    conf: {
      where: 'https://github.com/netbox-community/netbox',
      what: 'contrib/nginx.conf, contrib/apache.conf, netbox/netbox/settings.py',
      read: '2026-08-22 43fe81f9',
    },
    ra: {
      where: 'https://github.com/netbox-community/netbox',
      what: 'docs/configuration/remote-authentication.md',
      read: '2026-08-22 43fe81f9',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme' },
      strength: 'breaks',
      proof: 'documented',
      fact: "X-Forwarded-Proto, and the client's name in X-Forwarded-Host or, where that is not sent, in Host (USE_X_FORWARDED_HOST and SECURE_PROXY_SSL_HEADER are set in NetBox, from any peer). The nginx sample sends X-Forwarded-Host $http_host and leaves Host alone, the Apache sample preserves Host: either is enough.",
      symptom: '403 CSRF verification failed behind TLS',
      sources: ['conf'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 26214400,
      strength: 'degrades',
      proof: 'documented',
      fact: '25m.',
      sources: ['conf'],
    },
    {
      about: 'trusted-header',
      names: ['Remote-User'],
      strength: 'security',
      proof: 'documented',
      fact: 'With REMOTE_AUTH_ENABLED the header (Remote-User by default) logs in.',
      sources: ['ra'],
    },
  ],
};
