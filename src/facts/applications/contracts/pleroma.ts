/** What Pleroma needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'pleroma',
  name: 'Pleroma',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['pleroma', 'akkoma'],
    common: ['social', 'phoenix'],
    otherPaths: ['/api/v1/streaming', '/media/', '/proxy/'],
  },
  ports: [{ port: 4000, scheme: 'http' }],
  sources: {
    pl: {
      where: 'https://github.com/external-mirrors/pleroma (mirror)',
      what: 'installation/pleroma.nginx',
      read: 'one stored version, date not shown (commit d2f1ccd6)',
    },
    ak: {
      where: 'https://github.com/external-mirrors/akkoma (mirror)',
      what: 'installation/nginx/akkoma.nginx',
      read: 'one stored version, date not shown (commit 04f3b393)',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/api/v1/streaming'],
      strength: 'degrades',
      proof: 'confirmed',
      fact: 'Upgrade for all of /.',
      sources: ['pl', 'ak'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'confirmed',
      fact: "Client's Host: federation signatures cover it.",
      sources: ['pl', 'ak'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: 'Akkoma: ignore_invalid_headers off.',
      sources: ['ak'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 16777216,
      strength: 'breaks',
      proof: 'confirmed',
      fact: '16m.',
      sources: ['pl', 'ak'],
    },
    {
      about: 'note',
      strength: 'security',
      proof: 'documented',
      fact: 'Akkoma serves /media and /proxy from another host name and answers 404 for them on the main one.',
      sources: ['ak'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'confirmed',
      fact: 'Backend listens on IPv4 only; localhost may resolve to ::1.',
      sources: ['pl', 'ak'],
    },
  ],
};
