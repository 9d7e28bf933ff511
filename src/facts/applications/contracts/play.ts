/** What Play Framework needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'play',
  name: 'Play Framework',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['playframework'], common: ['play'], otherPaths: ['/assets/'] },
  ports: [{ port: 9000, scheme: 'http' }],
  sources: {
    conf: {
      where: 'https://github.com/playframework/playframework',
      what: 'core/play/src/main/resources/reference.conf, HEAD and tag 2.7.9',
      read: '2026-08-08 1a666e18; tag 2.7.9',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip', 'X-Forwarded-Proto': 'scheme' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'play.http.forwarded.trustedProxies is 127.0.0.1 and ::1: X-Forwarded-For and -Proto from there decide about remoteAddress and secure.',
      sources: ['conf'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'recalled',
      fact: 'AllowedHostsFilter answers 400 for names outside play.filters.hosts.allowed.',
      sources: [],
    },
  ],
};
