/** What Laravel needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'laravel',
  name: 'Laravel',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['laravel'], otherPaths: ['/livewire/'] },
  ports: [{ port: 8000, scheme: 'http' }],
  sources: { docs: { where: 'https://github.com/laravel/docs', what: 'requests.md', read: '2026-03-20 86077535' } },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip', 'X-Forwarded-Proto': 'scheme', Host: 'client-or-name' },
      bySetting: true,
      strength: 'breaks',
      proof: 'documented',
      fact: 'TrustProxies has no proxies by default: links come out as http:// behind TLS.',
      symptom: 'mixed content',
      sources: ['docs'],
    },
  ],
};
