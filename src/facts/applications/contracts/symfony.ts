/** What Symfony needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'symfony',
  name: 'Symfony',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['symfony'], otherPaths: ['/index.php', '/_profiler/'] },
  ports: [{ port: 8000, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/symfony/symfony-docs',
      what: 'deployment/proxies.rst',
      read: '2024-10-21 3e03b468',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip', 'X-Forwarded-Proto': 'scheme' },
      bySetting: true,
      strength: 'breaks',
      proof: 'documented',
      fact: "trusted_proxies and trusted_headers, both none by default. Must not be combined with nginx's realip module on the way (the peer is then no longer the trusted proxy).",
      sources: ['docs'],
    },
    {
      about: 'private',
      paths: ['/_profiler', '/_wdt'],
      degree: 'closed',
      strength: 'security',
      proof: 'recalled',
      fact: '/_profiler and /_wdt in production.',
      sources: [],
    },
  ],
};
