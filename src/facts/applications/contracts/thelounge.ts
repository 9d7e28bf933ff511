/** What The Lounge needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'thelounge',
  name: 'The Lounge',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['thelounge'], common: ['irc', 'lounge'], otherPaths: ['/socket.io/'], prefixes: ['/irc/'] },
  ports: [{ port: 9000, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/thelounge/thelounge.github.io',
      what: '_guides/reverse-proxies.md',
      read: '2026-04-13 086cb35',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/socket.io/'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'Socket.IO, one day of read timeout (ProxyTimeout 86400).',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'client-ip' },
      bySetting: true,
      strength: 'degrades',
      proof: 'documented',
      fact: 'reverseProxy: true to read X-Forwarded-For.',
      sources: ['docs'],
    },
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Prefix stripped.',
      sources: ['docs'],
    },
  ],
};
