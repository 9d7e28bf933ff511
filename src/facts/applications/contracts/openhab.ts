/** What openHAB needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'openhab',
  name: 'openHAB',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['openhab'], paths: ['/basicui/'], otherPaths: ['/rest/events'] },
  ports: [
    { port: 8080, scheme: 'http' },
    { port: 8443, scheme: 'https', role: 'self-signed' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/openhab/openhab-docs',
      what: 'src/installation/reverse-proxy.md',
      read: '2026-07-19 dd30be2a',
    },
  },
  needs: [
    {
      about: 'trusted-header',
      names: ['Authorization'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'From 3.0 on Authorization has to be emptied when the proxy does basic authentication.',
      symptom: '401 from the REST API',
      when: 'proxy does basic auth',
      versions: '>=3.0',
      sources: ['docs'],
    },
    {
      about: 'timeout',
      paths: ['/'],
      least: 3600,
      strength: 'degrades',
      proof: 'documented',
      fact: '3600 s (/rest/events is an event stream).',
      sources: ['docs'],
    },
    {
      about: 'websocket',
      paths: ['/ws'],
      strength: 'degrades',
      proof: 'documented',
      fact: 'Upgrade for all of /.',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-Proto': 'scheme' },
      strength: 'recommended',
      proof: 'documented',
      fact: 'Host $http_host, X-Forwarded-Proto.',
      sources: ['docs'],
    },
  ],
};
