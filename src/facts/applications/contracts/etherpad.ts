/** What Etherpad needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'etherpad',
  name: 'Etherpad',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['etherpad'], common: ['pad'], otherPaths: ['/socket.io/', '/p/'] },
  ports: [{ port: 9001, scheme: 'http' }],
  sources: {
    st: {
      where: 'https://github.com/ether/etherpad-lite',
      what: 'settings.json.template, doc/cookies.md, src/node/hooks/express.ts',
      read: '2025-11-20 b827f5b3',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-For': 'append-ip' },
      bySetting: true,
      strength: 'degrades',
      proof: 'documented',
      fact: 'trustProxy (off) must be on: secure cookies and client address.',
      sources: ['st'],
    },
    {
      about: 'websocket',
      paths: ['/socket.io/'],
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Socket.IO at /socket.io/.',
      sources: [],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Buffering off.',
      sources: [],
    },
  ],
};
