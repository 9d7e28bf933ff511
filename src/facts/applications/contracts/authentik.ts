/** What authentik needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'authentik',
  name: 'authentik',
  kind: 'auth',
  date: '2026-11-30',
  names: {
    telling: ['authentik', 'authentikserver'],
    common: ['auth', 'sso'],
    paths: ['/outpost.goauthentik.io'],
    otherPaths: ['/application/o/', '/ws/'],
  },
  ports: [
    { port: 9000, scheme: 'http', fixed: true },
    { port: 9443, scheme: 'https', role: 'self-signed', fixed: true },
  ],
  sources: {
    docs: {
      where: 'https://github.com/goauthentik/authentik',
      what: 'website/docs/install-config/reverse-proxy.md',
      read: 'one stored version, date not shown (commit 066448f7 (2025 or later))',
    },
    sample: {
      where: 'https://github.com/goauthentik/authentik',
      what: 'website/docs, sample for nginx (standalone) of the proxy provider',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/ws/outpost/1/'],
      strength: 'breaks',
      proof: 'documented',
      fact: "Outposts use WebSockets; no HTTP/1.0 towards the backend (nginx's default before 1.29.7): proxy_http_version 1.1. The sample's map gives upgrade or the empty string.",
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'documented',
      fact: "Client's Host ($http_host): security checks, CSRF, outposts.",
      symptom: 'CSRF failures when saving',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-For': 'append-ip' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'X-Forwarded-Proto and X-Forwarded-For from AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS (loopback and private networks by default).',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: '9443 is https with an own certificate, 9000 is http.',
      sources: ['docs'],
    },
    {
      about: 'trusted-header',
      names: ['X-authentik-username', 'X-authentik-groups', 'X-authentik-email', 'X-authentik-uid'],
      strength: 'security',
      proof: 'recalled',
      fact: "X-authentik-* headers go to the application; a client's must not.",
      sources: [],
    },
    {
      about: 'header-buffer',
      usual: 32768,
      strength: 'degrades',
      proof: 'documented',
      fact: "Sessions and the headers for applications behind it are large; the vendor's sample for nginx sets proxy_buffers 8 16k and proxy_buffer_size 32k.",
      symptom: '502 after login, "upstream sent too big header" in the log',
      sources: ['sample'],
    },
  ],
};
