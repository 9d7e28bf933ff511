/** What Nextcloud All-in-One needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'nextcloud-aio',
  name: 'Nextcloud All-in-One',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['nextcloudaio', 'nextcloudaioapache', 'nextcloudaiomastercontainer'], common: ['cloud'] },
  ports: [
    { port: 11000, scheme: 'http', role: 'APACHE_PORT when behind a proxy' },
    { port: 8080, scheme: 'https', role: 'AIO admin, self-signed, not public' },
  ],
  sources: {
    aio: { where: 'https://github.com/nextcloud/all-in-one', what: 'reverse-proxy.md', read: '2026-08-22 50636f2a' },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/push/ws'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'Upgrade for all of / (push, Talk, whiteboard).',
      sources: ['aio'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 0,
      strength: 'breaks',
      proof: 'documented',
      fact: "Unlimited: client_max_body_size 0. The vendor's Apache sample has LimitRequestBody 0 too, which is without effect for proxied requests in httpd 2.4 (run on 2.4.71).",
      sources: ['aio'],
    },
    {
      about: 'timeout',
      paths: ['/'],
      least: 3610,
      strength: 'degrades',
      proof: 'documented',
      fact: "3610 s, 10 s above the application's 3600 s, so that Nextcloud times out first.",
      sources: ['aio'],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      request: 'streamed',
      strength: 'degrades',
      proof: 'documented',
      fact: 'proxy_buffering off and proxy_request_buffering off.',
      sources: ['aio'],
    },
    {
      about: 'raw-path',
      path: '/index.php/s/a%2Fb',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Paths must arrive unchanged: nginx sample appends $request_uri; Apache AllowEncodedSlashes NoDecode with nocanon.',
      sources: ['aio'],
    },
    {
      about: 'sub-path',
      prefix: 'impossible',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Own host name only, no sub path.',
      sources: ['aio'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-For': 'append-ip' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'Vendor sets Host, X-Forwarded-Host, -Port, -Proto, -Scheme, X-Real-IP.',
      sources: ['aio'],
    },
  ],
};
