/** What Sonarr, Radarr and their kin needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'servarr',
  name: 'Sonarr, Radarr and their kin',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['sonarr', 'radarr', 'lidarr', 'prowlarr', 'servarr', 'readarr'], otherPaths: ['/signalr/'] },
  ports: [
    { port: 8989, scheme: 'http', role: 'sonarr' },
    { port: 7878, scheme: 'http', role: 'radarr' },
    { port: 8686, scheme: 'http', role: 'lidarr' },
    { port: 9696, scheme: 'http', role: 'prowlarr' },
  ],
  sources: {
    wiki: {
      where: 'https://github.com/Servarr/Wiki',
      what: 'sonarr/installation/reverse-proxy.md, radarr/faq.md, radarr/system.md',
      read: '2026-08-22 9597c1eb',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/signalr/messages'],
      strength: 'degrades',
      proof: 'documented',
      fact: 'SignalR: Upgrade and Connection ($http_connection).',
      symptom: 'Could not connect to signalR, no live updates',
      sources: ['wiki'],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'documented',
      fact: 'URL base in the application; prefix kept (location ^~ /sonarr with proxy_pass without a URI).',
      sources: ['wiki'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-Host': 'client', Host: 'client-or-name', 'X-Forwarded-Proto': 'scheme' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'X-Forwarded-Host with the port when it is not the default one.',
      sources: ['wiki'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: 'With a login in the proxy /sonarr/api must be exempt (API key).',
      sources: ['wiki'],
    },
  ],
};
