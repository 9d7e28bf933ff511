/** What Audiobookshelf needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'audiobookshelf',
  name: 'Audiobookshelf',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['audiobookshelf'], common: ['audiobooks', 'abs'], otherPaths: ['/socket.io/'] },
  ports: [
    { port: 80, scheme: 'http', role: 'container' },
    { port: 13378, scheme: 'http', role: 'usual host port' },
  ],
  sources: {
    readme: { where: 'https://github.com/advplyr/audiobookshelf', what: 'readme.md', read: '2026-08-03 1b46d680' },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/socket.io/'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'A WebSocket connection is required.',
      sources: ['readme'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 0,
      strength: 'breaks',
      proof: 'recalled',
      fact: 'Uploads are large; 0 or 10240M.',
      sources: [],
    },
  ],
};
