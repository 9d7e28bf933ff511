/** What Nextcloud Talk signaling server needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'nextcloud-talk-hpb',
  name: 'Nextcloud Talk signaling server',
  kind: 'component',
  date: '2026-11-30',
  names: {
    telling: ['nextcloudtalkhpb', 'spreedsignaling', 'talkhighperformancebackend'],
    common: ['signaling'],
    paths: ['/standalone-signaling/'],
    otherPaths: ['/spreed'],
  },
  ports: [{ port: 8080, scheme: 'http' }],
  sources: {
    readme: {
      where: 'https://github.com/strukturag/nextcloud-spreed-signaling',
      what: 'README.md',
      read: '2026-07-14 6046e47',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/standalone-signaling/spreed'],
      strength: 'breaks',
      proof: 'documented',
      fact: '/standalone-signaling/spreed is the WebSocket; the rest below /standalone-signaling/ is plain HTTP with the prefix stripped.',
      sources: ['readme'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Real-IP': 'client-ip', 'X-Forwarded-For': 'append-ip' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'Host, X-Real-IP and X-Forwarded-For.',
      sources: ['readme'],
    },
  ],
};
