/** What Express needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'express',
  name: 'Express',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], common: ['nodejs', 'express'] },
  ports: [{ port: 3000, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/expressjs/expressjs.com',
      what: 'src/content/docs/en/5x/guide/behind-proxies.mdx',
      read: '2026-08-08 b9d51069',
    },
    'run, 4.22.3': {
      where: 'Express (Node.js) 4.22.3 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'client-ip', 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-Host': 'client' },
      bySetting: true,
      strength: 'degrades',
      proof: 'played',
      fact: "trust proxy is false: req.ip, protocol and hostname come from the socket and Host. With true all of X-Forwarded-For, -Host, -Proto must be overwritten by the last trusted proxy, as the left-most address counts. httpd appends its own X-Forwarded-Host to the client's, and the first value counts.",
      symptom: 'secure cookies are not set, rate limiters hit all',
      sources: ['docs', 'run, 4.22.3'],
    },
  ],
};
