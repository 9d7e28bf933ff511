/** What Discourse needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'discourse',
  name: 'Discourse',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['discourse'],
    common: ['forum', 'community'],
    paths: ['/message-bus'],
    otherPaths: ['/message-bus/', '/session/', '/uploads/'],
  },
  ports: [{ port: 3000, scheme: 'http', role: 'puma, unicorn' }],
  sources: {
    ngx: {
      where: 'https://github.com/discourse/discourse',
      what: 'config/nginx.sample.conf',
      read: 'one stored version, date not shown (commit 00d445c4 (old))',
    },
  },
  needs: [
    {
      about: 'buffering',
      paths: ['/message-bus/'],
      response: 'streamed',
      strength: 'breaks',
      proof: 'documented',
      fact: '/message-bus/ is long polling with chunks: proxy_buffering off and HTTP/1.1.',
      symptom: 'new posts appear only after reload',
      sources: ['ngx'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-For': 'append-ip' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'Host, X-Forwarded-For, X-Forwarded-Proto; the sample keeps an incoming X-Forwarded-Proto https, as an outer proxy is usual.',
      symptom: 'redirect loop with force_https, CSRF failures',
      sources: ['ngx'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 10485760,
      strength: 'breaks',
      proof: 'documented',
      fact: '10m, has to follow the site setting.',
      sources: ['ngx'],
    },
    {
      about: 'private',
      paths: ['/backups/'],
      degree: 'closed',
      strength: 'security',
      proof: 'documented',
      fact: '/backups/ internal; sends files by X-Accel-Redirect to /downloads/.',
      when: "nginx serves Discourse's public directory itself; not for a proxy in front of the container",
      sources: ['ngx'],
    },
  ],
};
