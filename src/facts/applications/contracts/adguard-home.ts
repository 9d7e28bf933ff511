/** What AdGuard Home needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'adguard-home',
  name: 'AdGuard Home',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['adguard', 'adguardhome'], common: ['dns'], paths: ['/dns-query'], otherPaths: ['/control/'] },
  ports: [
    { port: 80, scheme: 'http' },
    { port: 3000, scheme: 'http', role: 'first setup' },
    { port: 853, scheme: 'tls', role: 'DNS over TLS' },
  ],
  sources: {
    code: {
      where: 'https://github.com/AdguardTeam/AdGuardHome',
      what: 'internal/home/config.go',
      read: '2026-08-21 75e43ab5',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'client-ip', 'X-Real-IP': 'client-ip' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'dns.trusted_proxies: 127.0.0.0/8 and ::1/128 by default, for addresses in DNS over HTTPS.',
      sources: ['code'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: '/dns-query and /dns-query/{ClientID}, GET and POST.',
      sources: ['code'],
    },
  ],
};
