/** What Uvicorn needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'uvicorn',
  name: 'Uvicorn',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['uvicorn', 'fastapi'], otherPaths: ['/docs', '/openapi.json'] },
  ports: [{ port: 8000, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/Kludex/uvicorn',
      what: 'docs/settings.md, docs/deployment/index.md, uvicorn/middleware/proxy_headers.py',
      read: '2026-07-21 d26c85c2',
    },
    'run, 0.17.6': {
      where: 'Uvicorn (FastAPI, Starlette) 0.17.6 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-For': 'append-ip' },
      strength: 'breaks',
      proof: 'played',
      fact: 'X-Forwarded-Proto and X-Forwarded-For are read by default, but from 127.0.0.1 only (forwarded-allow-ips, FORWARDED_ALLOW_IPS): a proxy in another container does not count. If all addresses in X-Forwarded-For are trusted the client is empty.',
      symptom: 'url_for gives http://',
      sources: ['docs', 'run, 0.17.6'],
    },
  ],
};
