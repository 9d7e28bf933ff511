/** What Gunicorn needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'gunicorn',
  name: 'Gunicorn',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['gunicorn'], common: ['appserver'] },
  ports: [{ port: 8000, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/benoitc/gunicorn',
      what: 'docs/content/deploy.md, gunicorn/config.py',
      read: '2026-08-22 65ac1a3a',
    },
    'run, 20.1.0': {
      where: 'Gunicorn 20.1.0 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'buffering',
      paths: ['/'],
      response: 'buffered',
      strength: 'security',
      proof: 'documented',
      fact: 'With synchronous workers the proxy must buffer slow clients (request and response), or few slow clients block it; off only for streaming with asynchronous workers.',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme', Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'played',
      fact: 'X-Forwarded-Proto: https counts from forwarded_allow_ips only (127.0.0.1 and ::1; any peer on a UNIX socket).',
      sources: ['docs', 'run, 20.1.0'],
    },
  ],
};
