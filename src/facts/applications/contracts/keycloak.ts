/** What Keycloak needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'keycloak',
  name: 'Keycloak',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['keycloak'],
    common: ['auth', 'sso', 'id'],
    paths: ['/realms/', '/auth/realms/'],
    otherPaths: ['/admin/', '/resources/'],
  },
  ports: [
    { port: 8080, scheme: 'http' },
    { port: 8443, scheme: 'https' },
    { port: 9000, scheme: 'http', role: 'management: health and metrics, from 25 on' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/keycloak/keycloak',
      what: 'docs/guides/server/reverseproxy.adoc',
      read: 'one stored version, date not shown (commit 0146026a (proxy-headers era, 24 or later))',
    },
    issue: {
      where: 'https://github.com/keycloak/keycloak/issues/23824',
      what: 'headers of about 6 KB after a login',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: {
        'X-Forwarded-For': 'client-ip',
        'X-Forwarded-Proto': 'scheme',
        'X-Forwarded-Host': 'client',
        'X-Forwarded-Port': 'client-port',
      },
      bySetting: true,
      strength: 'breaks',
      proof: 'documented',
      fact: 'No forwarding header is parsed unless proxy-headers is forwarded or xforwarded; then the proxy must overwrite them all (X-Forwarded-For, -Proto, -Host, -Port), else clients can spoof. X-Forwarded-Port wins over a port in X-Forwarded-Host.',
      symptom: "mixed content, http:// issuer, 'HTTPS required'",
      sources: ['docs'],
    },
    {
      about: 'private',
      paths: ['/admin/', '/metrics', '/health'],
      degree: 'closed',
      strength: 'security',
      proof: 'documented',
      fact: 'Publish /realms/, /resources/, /robots.txt (and /js/ where used); not /, /admin/, /metrics, /health.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'TLS ended at the proxy needs http-enabled=true.',
      sources: ['docs'],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Same context path on both sides, or hostname given as a full URL, or http-relative-path.',
      sources: ['docs'],
    },
    {
      about: 'trusted-header',
      names: ['SSL_CLIENT_CERT', 'ssl-client-cert'],
      strength: 'security',
      proof: 'documented',
      fact: 'With x509 lookup providers the header with the client certificate (SSL_CLIENT_CERT by configuration) must come from the proxy only.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'recalled',
      fact: 'The path /auth is gone by default since 17 (Quarkus).',
      versions: '>=17',
      sources: [],
    },
    {
      about: 'header-buffer',
      usual: 131072,
      strength: 'degrades',
      proof: 'documented',
      fact: 'The answers at login carry several large cookies, some 6 KB together; proxy_buffer_size 128k is usual.',
      symptom: '502 upstream sent too big header',
      sources: ['issue'],
    },
  ],
};
