/** What PeerTube needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'peertube',
  name: 'PeerTube',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['peertube'],
    common: ['video', 'backend'],
    paths: ['/tracker/socket'],
    otherPaths: ['/socket.io', '/api/v1/videos/upload-resumable'],
  },
  ports: [{ port: 9000, scheme: 'http' }],
  sources: {
    ngx: {
      where: 'https://github.com/Chocobozzz/PeerTube',
      what: 'support/nginx/peertube',
      read: 'one stored version, date not shown (commit 0136889c (old, 8G upload era))',
    },
    chg: {
      where: 'https://github.com/Chocobozzz/PeerTube',
      what: 'CHANGELOG.md (6.0.0, 6.0.1)',
      read: 'found by exact string',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/socket.io', '/tracker/socket'],
      strength: 'breaks',
      proof: 'documented',
      fact: '/socket.io and /tracker/socket.',
      sources: ['ngx'],
    },
    {
      about: 'timeout',
      paths: ['/tracker/socket'],
      least: 900,
      strength: 'degrades',
      proof: 'documented',
      fact: 'Tracker: 15 minutes (peers announce every 15 minutes); API 10 minutes.',
      sources: ['ngx'],
    },
    {
      about: 'body-size',
      paths: ['/api/v1/videos/upload'],
      least: 8589934592,
      strength: 'breaks',
      proof: 'documented',
      fact: 'Uploads: 8G and more at /api/v1/videos/upload; 100k for the rest of the API in the sample.',
      sources: ['ngx'],
    },
    {
      about: 'body-size',
      paths: ['/api/v1/videos/upload-resumable', '/api/v1/videos/1/source/replace-resumable'],
      least: 0,
      strength: 'breaks',
      proof: 'documented',
      fact: 'From 6.0 the resumable upload location must also catch .../source/replace-resumable: ^/api/v1/videos/(upload-resumable|([^/]+/source/replace-resumable))$ with no body limit and request buffering off.',
      versions: '>=6.0.0',
      sources: ['chg'],
    },
    {
      about: 'buffering',
      paths: ['/api/v1/videos/upload-resumable', '/api/v1/videos/1/source/replace-resumable'],
      request: 'streamed',
      strength: 'breaks',
      proof: 'documented',
      fact: 'From 6.0 the resumable upload location must also catch .../source/replace-resumable: ^/api/v1/videos/(upload-resumable|([^/]+/source/replace-resumable))$ with no body limit and request buffering off.',
      versions: '>=6.0.0',
      sources: ['chg'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-For': 'append-ip' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'Host, X-Real-IP, X-Forwarded-For; trusted by the setting trust_proxy.',
      sources: ['ngx'],
    },
  ],
};
