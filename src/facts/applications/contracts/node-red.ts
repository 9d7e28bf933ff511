/** What Node-RED needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'node-red',
  name: 'Node-RED',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['nodered'], otherPaths: ['/comms'], prefixes: ['/red/'] },
  ports: [{ port: 1880, scheme: 'http' }],
  sources: {
    code: {
      where: 'https://github.com/node-red/node-red',
      what: 'packages/node_modules/node-red/settings.js, @node-red/editor-api/lib',
      read: '2026-08-13 1f38dc89',
    },
    'run, 4.1.15': {
      where: 'Node-RED 4.1.15 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/comms'],
      strength: 'breaks',
      proof: 'played',
      fact: '/comms (below httpAdminRoot); WebSocket nodes may have any path.',
      symptom: "404 on /comms, 'Lost connection to server'",
      sources: ['code', 'run, 4.1.15'],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'played',
      fact: 'httpAdminRoot and httpNodeRoot; prefix kept.',
      sources: ['code', 'run, 4.1.15'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 5242880,
      strength: 'degrades',
      proof: 'played',
      fact: 'API limit 5mb (apiMaxLength).',
      sources: ['code', 'run, 4.1.15'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'client-ip' },
      strength: 'security',
      proof: 'played',
      fact: 'The address logged comes from X-Forwarded-For as sent, unchecked.',
      sources: ['code', 'run, 4.1.15'],
    },
    {
      about: 'private',
      paths: ['/'],
      degree: 'restricted',
      strength: 'security',
      proof: 'played',
      fact: 'No login by default: the editor can run code; POST /flows is accepted from anybody.',
      sources: ['run, 4.1.15'],
    },
  ],
};
