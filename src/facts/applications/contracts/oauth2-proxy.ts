/** What OAuth2 Proxy needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'oauth2-proxy',
  name: 'OAuth2 Proxy',
  kind: 'auth',
  date: '2026-11-30',
  names: { telling: ['oauth2proxy'], usual: ['oauth2'], common: ['auth'], paths: ['/oauth2/'] },
  ports: [{ port: 4180, scheme: 'http' }],
  sources: {
    ngx: {
      where: 'https://github.com/oauth2-proxy/oauth2-proxy',
      what: 'docs/docs/configuration/integrations/nginx.md',
      read: '2026-07-30 14af2951',
    },
    ov: {
      where: 'https://github.com/oauth2-proxy/oauth2-proxy',
      what: 'docs/docs/configuration/overview.md',
      read: '2026-07-30 14af2951',
    },
    nginx: {
      where: 'https://github.com/oauth2-proxy/oauth2-proxy',
      what: 'docs/docs/configuration/integrations/nginx.md',
      read: '2026-11-30 0524a207',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: '/oauth2/auth with auth_request: Content-Length "" and proxy_pass_request_body off; X-Forwarded-Uri. Needs --reverse-proxy.',
      sources: ['ngx'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: 'error_page 401 =403 /oauth2/sign_in answers 403 with a Location that browsers do not follow; use a named location with return 302.',
      sources: ['ngx'],
    },
    {
      about: 'headers',
      values: { 'X-Real-IP': 'client-ip' },
      strength: 'security',
      proof: 'documented',
      fact: 'With --reverse-proxy every source is trusted for X-Forwarded-* unless --trusted-proxy-ip is given; client address from X-Real-IP by default.',
      sources: ['ov'],
    },
    {
      about: 'trusted-header',
      names: [
        'X-User',
        'X-Email',
        'X-Auth-Request-User',
        'X-Auth-Request-Email',
        'X-Forwarded-User',
        'X-Forwarded-Email',
      ],
      strength: 'security',
      proof: 'confirmed',
      fact: 'X-User, X-Email, X-Access-Token, X-Auth-Request-* set from the answer in every location of the application.',
      sources: ['ngx', 'ov'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: "Cookies above 4 KB are split; nginx's auth_request passes only the first Set-Cookie on.",
      sources: ['ngx'],
    },
    {
      about: 'header-buffer',
      usual: 16384,
      strength: 'degrades',
      proof: 'documented',
      fact: 'Tokens of OpenID Connect make session cookies of more than 4 KB, which are split into several: together they do not fit into one page.',
      symptom: '502 after login, "upstream sent too big header" in the log',
      sources: ['nginx'],
    },
  ],
};
