/** What ntfy needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'ntfy',
  name: 'ntfy',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['ntfy'], common: ['push'], otherPaths: ['/v1/health'] },
  ports: [
    { port: 80, scheme: 'http' },
    { port: 2586, scheme: 'http', role: 'behind a proxy in the docs' },
  ],
  sources: {
    docs: { where: 'https://github.com/binwiederhier/ntfy', what: 'docs/config.md', read: '2025-07-13 81a486ad' },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/topic/ws'],
      strength: 'degrades',
      proof: 'documented',
      fact: 'Any topic: /topic/ws, /topic/json, /topic/sse: Upgrade for all of /.',
      sources: ['docs'],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      request: 'streamed',
      strength: 'degrades',
      proof: 'documented',
      fact: 'proxy_buffering off, proxy_request_buffering off.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: '3 minutes (keepalive every 45 s).',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip' },
      bySetting: true,
      strength: 'breaks',
      proof: 'documented',
      fact: 'behind-proxy: true, else all visitors share one rate limit; X-Forwarded-For by default (proxy-forwarded-header), trusted from any peer then.',
      sources: ['docs'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 0,
      strength: 'breaks',
      proof: 'documented',
      fact: 'client_max_body_size 0 (attachments).',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: 'Redirect of http to https for GET only, as publishing by POST does not follow.',
      sources: ['docs'],
    },
    {
      about: 'sub-path',
      prefix: 'impossible',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Root of a host name only.',
      sources: ['docs'],
    },
  ],
};
