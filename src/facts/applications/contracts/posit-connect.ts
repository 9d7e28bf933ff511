/** What Posit Connect needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'posit-connect',
  name: 'Posit Connect',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['positconnect', 'rstudioconnect'],
    usual: ['rsconnect'],
    common: ['connect'],
    otherPaths: ['/__api__/', '/connect/'],
  },
  ports: [{ port: 3939, scheme: 'http' }],
  sources: { docs: { where: 'https://docs.posit.co/connect/admin/proxy/', read: 'stored copy, excerpt' } },
  needs: [
    {
      about: 'headers',
      values: { 'X-RSC-Request': 'absolute-url' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'X-RSC-Request with the absolute public URL is wanted; without it X-Forwarded-Proto, -Host, -Port are used, which is not enough when the path is rewritten. X-RSC-Request wins.',
      sources: ['docs'],
    },
  ],
};
