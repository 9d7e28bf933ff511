/** What Proxmox VE needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'proxmox',
  name: 'Proxmox VE',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['proxmox'],
    usual: ['pve'],
    paths: ['/api2/json'],
    otherPaths: ['/api2/json/', '/novnc/', '/xtermjs/'],
  },
  ports: [{ port: 8006, scheme: 'https', role: 'self-signed', fixed: true }],
  sources: {
    daemon: { where: 'https://pve.proxmox.com/pve-docs/pveproxy.8.html', read: 'stored copy, date not shown' },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'pveproxy serves the API and the GUI on TCP 8006 by HTTPS.',
      sources: ['daemon'],
    },
    {
      about: 'websocket',
      paths: ['/api2/json/nodes/1/vncwebsocket'],
      strength: 'breaks',
      proof: 'recalled',
      fact: 'Consoles at /api2/json/.../vncwebsocket: Upgrade for all of /.',
      sources: [],
    },
    {
      about: 'timeout',
      paths: ['/api2/json/nodes/1/vncwebsocket'],
      least: 3600,
      strength: 'breaks',
      proof: 'recalled',
      fact: 'Consoles at /api2/json/.../vncwebsocket: Upgrade for all of /.',
      sources: [],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 0,
      strength: 'degrades',
      proof: 'recalled',
      fact: 'proxy_buffering off; client_max_body_size 0 for ISO images.',
      sources: [],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'degrades',
      proof: 'recalled',
      fact: 'proxy_buffering off; client_max_body_size 0 for ISO images.',
      sources: [],
    },
  ],
};
