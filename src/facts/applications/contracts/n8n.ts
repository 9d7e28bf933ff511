/** What n8n needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'n8n',
  name: 'n8n',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['n8n'], otherPaths: ['/rest/push', '/webhook/', '/webhook-test/'] },
  ports: [{ port: 5678, scheme: 'http' }],
  sources: {
    dep: {
      where: 'https://github.com/n8n-io/n8n-docs',
      what: 'docs/hosting/configuration/environment-variables/deployment.md',
      read: 'one stored version, date not shown (commit 00098544)',
    },
    wh: {
      where: 'https://github.com/n8n-io/n8n-docs',
      what: 'docs/hosting/configuration/configuration-examples/webhook-url.md',
      read: 'one stored version, date not shown (commit 4c30ee85)',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/rest/push'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'Editor updates come by WebSocket (N8N_PUSH_BACKEND=websocket, default) or event stream (sse).',
      symptom: 'Connection lost',
      sources: ['dep'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip', 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-Host': 'client' },
      bySetting: true,
      strength: 'degrades',
      proof: 'confirmed',
      fact: 'N8N_PROXY_HOPS (0) is the number of proxies; WEBHOOK_URL the public address.',
      sources: ['dep', 'wh'],
    },
    {
      about: 'sub-path',
      prefix: 'impossible',
      strength: 'degrades',
      proof: 'documented',
      fact: 'N8N_PATH with a proxy is discouraged; own host name.',
      sources: ['dep'],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'degrades',
      proof: 'recalled',
      fact: 'With sse buffering off.',
      sources: [],
    },
  ],
};
