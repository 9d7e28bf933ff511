/** What GoToSocial needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'gotosocial',
  name: 'GoToSocial',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['gotosocial'], common: ['social'], otherPaths: ['/api/v1/streaming'] },
  ports: [{ port: 8080, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/superseriousbusiness/gotosocial',
      what: 'docs/getting_started/reverse_proxy/*.md, example/config.yaml',
      read: '2025-10-03 57cb4fe7',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'documented',
      fact: "Must be the client's: request signatures cover it.",
      symptom: 'federation rejected with 401',
      sources: ['docs'],
    },
    {
      about: 'websocket',
      paths: ['/api/v1/streaming'],
      strength: 'degrades',
      proof: 'documented',
      fact: 'Client streaming; Apache upgrade=websocket or a rewrite.',
      sources: ['docs'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 41943040,
      strength: 'breaks',
      proof: 'documented',
      fact: '40M (default maximum for video).',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'client-ip', 'X-Forwarded-Proto': 'scheme' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'X-Forwarded-For from trusted-proxies (127.0.0.1/32 and ::1).',
      symptom: '429 for everybody',
      sources: ['docs'],
    },
  ],
};
