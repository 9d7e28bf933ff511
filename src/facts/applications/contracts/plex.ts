/** What Plex Media Server needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'plex',
  name: 'Plex Media Server',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['plex'], paths: ['/:/websockets/'], otherPaths: ['/web/index.html', '/library/'] },
  ports: [{ port: 32400, scheme: 'http' }],
  sources: {},
  needs: [
    {
      about: 'websocket',
      paths: ['/:/websockets/notifications'],
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Notifications use WebSockets at /:/websockets/notifications.',
      sources: [],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'recalled',
      fact: 'X-Plex-* request headers must pass (they have no underscores, nginx passes them by default).',
      sources: [],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 104857600,
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Camera upload and posters: 100M is usual.',
      sources: [],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'degrades',
      proof: 'recalled',
      fact: 'proxy_buffering off for streams.',
      sources: [],
    },
  ],
};
