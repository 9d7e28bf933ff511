/** What HedgeDoc needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'hedgedoc',
  name: 'HedgeDoc',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['hedgedoc', 'codimd'],
    common: ['md', 'pad'],
    otherPaths: ['/socket.io/', '/realtime', '/uploads/'],
  },
  ports: [
    { port: 3000, scheme: 'http' },
    { port: 3001, scheme: 'http', role: 'frontend of 2.x' },
  ],
  sources: {
    v1: {
      where: 'https://github.com/hedgedoc/hedgedoc',
      what: 'docs/content/guides/reverse-proxy.md at tag 1.12.0',
      read: 'tag 1.12.0',
    },
    v2: {
      where: 'https://github.com/hedgedoc/hedgedoc',
      what: 'docs/content/how-to/reverse-proxy.md',
      read: '2026-08-22 d706c2b2 (2.0 alpha)',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/socket.io/'],
      strength: 'breaks',
      proof: 'documented',
      fact: '1.x: /socket.io/. (The page names /sockets.io/ in its text; its example has /socket.io/.)',
      symptom: 'endless loading animation',
      versions: '>=1 <2',
      sources: ['v1'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: '1.x: no slash at the end of proxy_pass.',
      symptom: 'endless loading animation',
      versions: '>=1 <2',
      sources: ['v1'],
    },
    {
      about: 'websocket',
      paths: ['/realtime'],
      strength: 'breaks',
      proof: 'documented',
      fact: '2.x: /realtime.',
      versions: '>=2',
      sources: ['v2'],
    },
    {
      about: 'port',
      paths: ['/realtime', '/api', '/public', '/media'],
      port: 3000,
      strength: 'breaks',
      proof: 'documented',
      fact: "2.x: /realtime, /api, /public, /media to the backend (3000), the rest to the frontend (3001). The page's Apache example maps /api to the root of the backend and leaves out ProxyPass for /media.",
      versions: '>=2',
      sources: ['v2'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme' },
      strength: 'breaks',
      proof: 'confirmed',
      fact: "X-Forwarded-Proto must be the client's scheme; 1.x: protocolUseSSL, domain, urlAddPort.",
      sources: ['v1', 'v2'],
    },
  ],
};
