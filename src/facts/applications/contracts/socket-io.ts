/** What Socket.IO needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'socket.io',
  name: 'Socket.IO',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['socketio'] },
  ports: [],
  sources: {
    docs: {
      where: 'https://github.com/socketio/socket.io-website',
      what: 'docs/categories/02-Server/behind-a-reverse-proxy.md',
      read: '2026-06-25 ffb3288',
    },
    'run, 4.8.4': {
      where: 'Socket.IO 4.8.4 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/socket.io/'],
      strength: 'degrades',
      proof: 'played',
      fact: 'Upgrade at /socket.io/; without it long polling is used.',
      symptom: '400 on the WebSocket, polling goes on',
      sources: ['docs', 'run, 4.8.4'],
    },
    {
      about: 'timeout',
      paths: ['/socket.io/'],
      least: 26,
      strength: 'breaks',
      proof: 'played',
      fact: 'Read timeout must be above pingInterval (25 s by default; the server pings at that pace, a polling request is held as long). Run: 28 s kept WebSocket and polling open for a minute, 20 s cut both after 20 s. The documentation asks for more than pingInterval + pingTimeout (45 s).',
      symptom: 'transport close',
      sources: ['docs', 'run, 4.8.4'],
    },
  ],
};
