/** What Authelia needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'authelia',
  name: 'Authelia',
  kind: 'auth',
  date: '2026-11-30',
  names: {
    telling: ['authelia'],
    common: ['auth'],
    paths: ['/authelia', '/api/authz/'],
    otherPaths: ['/api/authz/auth-request', '/api/verify', '/internal/authelia/authz'],
  },
  ports: [{ port: 9091, scheme: 'http' }],
  sources: {
    intro: {
      where: 'https://github.com/authelia/authelia',
      what: 'docs/content/integration/proxies/introduction.md',
      read: '2026-08-22 23572030',
    },
    ngx: {
      where: 'https://github.com/authelia/authelia',
      what: 'docs/content/integration/proxies/nginx.md',
      read: '2026-08-22 23572030',
    },
    fwd: {
      where: 'https://github.com/authelia/authelia',
      what: 'docs/content/integration/proxies/forwarded-headers/index.md, trusted-header-sso/introduction.md',
      read: '2026-08-22 23572030',
    },
  },
  needs: [
    {
      about: 'headers',
      values: {
        'X-Forwarded-Proto': 'scheme',
        'X-Forwarded-Host': 'client',
        'X-Forwarded-URI': 'request-uri',
        'X-Forwarded-For': 'client-ip',
      },
      strength: 'breaks',
      proof: 'documented',
      fact: 'The portal needs X-Forwarded-Proto, X-Forwarded-Host, X-Forwarded-URI, X-Forwarded-For (falls back to socket, Host, request line, peer).',
      symptom: 'wrong cookie domain, OIDC issuer and WebAuthn fail',
      sources: ['intro'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'client-ip' },
      strength: 'security',
      proof: 'confirmed',
      fact: 'X-Forwarded-For must be replaced ($remote_addr), not appended to, unless the sender is trusted: network rules rely on it.',
      sources: ['fwd', 'ngx'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: '/api/authz/auth-request wants X-Original-Method and X-Original-URL, an empty Content-Length and proxy_pass_request_body off; internal location.',
      sources: ['ngx'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: '401 is turned into 302 to the Location of the answer (auth_request_set $redirection_url $upstream_http_location).',
      sources: ['ngx'],
    },
    {
      about: 'trusted-header',
      names: ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email'],
      strength: 'security',
      proof: 'confirmed',
      fact: "Remote-User, Remote-Groups, Remote-Name, Remote-Email go to the application: every location of it must set them from the answer, a client's must never get through.",
      sources: ['ngx', 'fwd'],
    },
  ],
};
