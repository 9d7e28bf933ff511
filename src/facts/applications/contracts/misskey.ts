/** What Misskey needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'misskey',
  name: 'Misskey',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['misskey'], otherPaths: ['/streaming'] },
  ports: [{ port: 3000, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/misskey-dev/misskey-hub',
      what: 'src/docs/admin/nginx.md',
      read: '2023-12-19 835d36bb',
    },
    cfg: {
      where: 'https://github.com/misskey-dev/misskey',
      what: '.config/example.yml',
      read: 'one stored version, date not shown (commit 01598db6)',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/streaming'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'Upgrade for all of / (/streaming).',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-For': 'append-ip' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'Host, X-Forwarded-For, X-Forwarded-Proto https; behind a CDN the inner lines are removed.',
      sources: ['docs'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 83886080,
      strength: 'degrades',
      proof: 'confirmed',
      fact: "80m in the vendor's sample; maxFileSize is 262144000 (250 MiB) by default, and roles can lower it.",
      sources: ['docs', 'cfg'],
    },
  ],
};
