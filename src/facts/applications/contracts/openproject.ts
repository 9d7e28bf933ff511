/** What OpenProject needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'openproject',
  name: 'OpenProject',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['openproject'], otherPaths: ['/projects/', '/api/v3/'] },
  ports: [
    { port: 8080, scheme: 'http' },
    { port: 80, scheme: 'http', role: 'container' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/opf/openproject',
      what: 'docs/installation-and-operations/installation/docker/README.md',
      read: 'one stored version, date not shown (commit 040ccbd1 (11))',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme', Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'X-Forwarded-Proto https and preserved Host.',
      symptom: 'redirect loop, 422 on login',
      sources: ['docs'],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'documented',
      fact: 'OPENPROJECT_RAILS__RELATIVE__URL__ROOT; prefix kept; /openproject redirects to /openproject/.',
      sources: ['docs'],
    },
  ],
};
