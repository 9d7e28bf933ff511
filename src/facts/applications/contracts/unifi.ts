/** What UniFi Network needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'unifi',
  name: 'UniFi Network',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['unifi'], otherPaths: ['/wss/', '/manage/', '/api/login'] },
  ports: [
    { port: 8443, scheme: 'https', role: 'self-signed', fixed: true },
    { port: 8080, scheme: 'http', role: 'inform, must stay reachable for devices' },
  ],
  sources: {},
  needs: [
    { about: 'note', strength: 'breaks', proof: 'recalled', fact: 'https only, self-signed certificate.', sources: [] },
    {
      about: 'websocket',
      paths: ['/wss/'],
      strength: 'breaks',
      proof: 'recalled',
      fact: '/wss/: Upgrade; Origin emptied or Referer kept, as its CSRF check compares them with Host.',
      sources: [],
    },
  ],
};
