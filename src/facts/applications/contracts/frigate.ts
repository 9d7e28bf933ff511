/** What Frigate needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'frigate',
  name: 'Frigate',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['frigate'], common: ['cctv', 'nvr'], paths: ['/api/go2rtc/'], otherPaths: ['/ws', '/live/'] },
  ports: [
    { port: 8971, scheme: 'https', role: 'authenticated; http when tls.enabled is false' },
    { port: 5000, scheme: 'http', role: 'unauthenticated, internal' },
  ],
  sources: {
    rp: {
      where: 'https://github.com/blakeblackshear/frigate',
      what: 'docs/docs/guides/reverse_proxy.md, docs/docs/configuration/authentication.md',
      read: '2026-07-23 e3fa7018',
    },
    ngx: {
      where: 'https://github.com/blakeblackshear/frigate',
      what: 'docker/main/rootfs/usr/local/nginx/conf/nginx.conf',
      read: '2026-07-23 e3fa7018',
    },
  },
  needs: [
    {
      about: 'wrong-port',
      port: 5000,
      instead: 8971,
      strength: 'security',
      proof: 'documented',
      fact: 'Proxy port 8971; port 5000 has no login at all and must not be published.',
      sources: ['rp'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: "8971 speaks TLS with an own certificate unless tls.enabled: false; a plain http:// backend gets 400. The vendor's own proxy examples switch TLS off and use http://...:8971, so http:// alone is no fault.",
      symptom: '400 The plain HTTP request was sent to HTTPS port',
      when: 'tls.enabled is not false',
      versions: '>=0.14',
      sources: ['rp'],
    },
    {
      about: 'websocket',
      paths: ['/ws', '/live/'],
      strength: 'breaks',
      proof: 'confirmed',
      fact: '/ws and /live/....',
      sources: ['rp', 'ngx'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: 'auth.trusted_proxies for X-Forwarded-For, else login throttling hits the proxy.',
      sources: ['rp'],
    },
    {
      about: 'trusted-header',
      names: ['X-Forwarded-User', 'X-Forwarded-Groups', 'Remote-User', 'Remote-Role'],
      strength: 'security',
      proof: 'documented',
      fact: 'With proxy.header_map the mapped headers (x-forwarded-user, x-forwarded-groups, remote-user, remote-role) decide about user and role; X-Proxy-Secret can guard them.',
      sources: ['rp'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 20971520,
      strength: 'degrades',
      proof: 'documented',
      fact: '20M inside.',
      sources: ['ngx'],
    },
  ],
};
