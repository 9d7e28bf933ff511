/** What Gotify needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'gotify',
  name: 'Gotify',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['gotify'], common: ['push'], otherPaths: ['/stream', '/message'] },
  ports: [{ port: 80, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/gotify/website',
      what: 'docs/nginx.md, docs/apache.md',
      read: '2026-07-26 8ea673f',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client' },
      strength: 'breaks',
      proof: 'documented',
      fact: "Client's Host with port ($http_host): compared with Origin on the WebSocket.",
      symptom: '403 on /stream',
      sources: ['docs'],
    },
    {
      about: 'websocket',
      paths: ['/stream'],
      strength: 'breaks',
      proof: 'documented',
      fact: '/stream, 1 minute and more.',
      sources: ['docs'],
    },
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Prefix stripped, slash at the end of ProxyPass is required.',
      sources: ['docs'],
    },
  ],
};
