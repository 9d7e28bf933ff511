/** What Uptime Kuma needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'uptime-kuma',
  name: 'Uptime Kuma',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['uptimekuma'],
    usual: ['kuma'],
    common: ['status', 'uptime'],
    otherPaths: ['/socket.io/', '/dashboard', '/api/push/'],
  },
  ports: [{ port: 3001, scheme: 'http' }],
  sources: {
    code: {
      where: 'https://github.com/louislam/uptime-kuma',
      what: 'server/uptime-kuma-server.js, server/server.js',
      read: '2026-08-22 6398a958',
    },
    rel: {
      where: 'https://newreleases.io/project/github/louislam/uptime-kuma/release/1.23.9',
      read: 'release notes of 1.23.9',
    },
    wiki: { where: 'https://github.com/louislam/uptime-kuma/wiki/Reverse-Proxy', read: 'stored copy, excerpt' },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client' },
      strength: 'breaks',
      proof: 'confirmed',
      fact: "WebSocket: Origin's host:port must equal Host (UPTIME_KUMA_WS_ORIGIN_CHECK=bypass turns it off). The second chance in the code compares with X-Forwarded-For, not -Host.",
      symptom: 'Cannot connect to the socket server',
      versions: '>=1.23.9',
      sources: ['code', 'rel'],
    },
    {
      about: 'websocket',
      paths: ['/socket.io/'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'Socket.IO; Upgrade for all of /.',
      sources: ['wiki'],
    },
    {
      about: 'sub-path',
      prefix: 'impossible',
      strength: 'breaks',
      proof: 'documented',
      fact: 'No sub path.',
      sources: ['wiki'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'client-ip' },
      bySetting: true,
      strength: 'degrades',
      proof: 'documented',
      fact: 'X-Forwarded-For (first entry), X-Real-IP, -Host, -Proto only with the setting trustProxy.',
      sources: ['code'],
    },
    {
      about: 'not-needed',
      what: ['x-forwarded-proto'],
      strength: 'recommended',
      proof: 'documented',
      fact: 'None of the samples of its makers sets X-Forwarded-Proto.',
      sources: ['wiki'],
    },
  ],
};
