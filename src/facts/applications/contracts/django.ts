/** What Django needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'django',
  name: 'Django',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['django'], common: ['appserver'], otherPaths: ['/admin/', '/static/'] },
  ports: [{ port: 8000, scheme: 'http' }],
  sources: {
    csrf: {
      where: 'https://github.com/django/django',
      what: 'django/middleware/csrf.py',
      read: 'one stored version, date not shown (commit 00ea883e (4.0))',
    },
    sec: {
      where: 'https://github.com/django/django',
      what: 'docs/topics/security.txt',
      read: 'one stored version, date not shown (commit 022a171d)',
    },
    ru: {
      where: 'https://github.com/django/django',
      what: 'docs/howto/auth-remote-user.txt',
      read: 'one stored version, date not shown (commit 0d0144d5 (old))',
    },
    'run, 3.2.25': {
      where: 'Django 3.2.25 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client' },
      strength: 'breaks',
      proof: 'played',
      fact: 'Host is checked against ALLOWED_HOSTS (400) and, since 4.0, Origin of unsafe requests must equal scheme://host:port as Django sees them, or be in CSRF_TRUSTED_ORIGINS. Before 4.0 the Referer of https requests is compared with Host and port instead: $host behind a port other than 443 gives 403 on POST.',
      symptom: '400 Bad Request (DisallowedHost), 403 CSRF origin checking failed',
      sources: ['csrf', 'sec', 'run, 3.2.25'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme' },
      bySetting: true,
      strength: 'breaks',
      proof: 'played',
      fact: 'X-Forwarded-Proto counts only with SECURE_PROXY_SSL_HEADER, X-Forwarded-Host only with USE_X_FORWARDED_HOST; the proxy must overwrite them.',
      symptom: 'redirect loop with SECURE_SSL_REDIRECT; CSRF failure over https',
      sources: ['sec', 'run, 3.2.25'],
    },
    {
      about: 'trusted-header',
      names: ['Remote-User'],
      strength: 'security',
      proof: 'documented',
      fact: "RemoteUserMiddleware trusts META['REMOTE_USER'], which a client cannot set by a header; a subclass with header = 'HTTP_...' trusts that request header, which the proxy must then set or clear.",
      when: 'middleware subclass names an HTTP_ variable',
      sources: ['ru'],
    },
  ],
};
