import type { WitnessCase } from '../../lib/case.ts';

const files = { target: '/files/a.txt' };

export const cases: readonly WitnessCase[] = [
  {
    rule: 'proxy-exclusion-after-match',
    messageId: 'afterMatch',
    config: `ProxyPass / http://127.0.0.1:8080/
    ProxyPass /docs !`,
    request: { target: '/docs/a.txt' },
    shows: { backend: { uri: '/docs/a.txt' } },
    fixed: {
      config: `ProxyPass /docs !
      ProxyPass / http://127.0.0.1:8080/`,
      shows: { status: 200, body: 'a document' },
    },
  },
  {
    rule: 'proxy-exclusion-after-match',
    messageId: 'inLocation',
    config: `ProxyPass /docs !
    <Location "/">
      ProxyPass http://127.0.0.1:8080/
    </Location>`,
    request: { target: '/docs/a.txt' },
    shows: { backend: { uri: '/docs/a.txt' } },
  },
  {
    rule: 'proxy-exclusion-after-match',
    messageId: 'tooLate',
    config: `SetEnv no-proxy 1
    ProxyPass / http://127.0.0.1:8080/`,
    request: { target: '/file.txt' },
    shows: { backend: { uri: '/file.txt' } },
    fixed: {
      config: `SetEnvIf Request_URI "." no-proxy
      ProxyPass / http://127.0.0.1:8080/`,
      shows: { status: 200, body: 'a file' },
    },
  },
  {
    rule: 'proxy-exclusion-after-match',
    messageId: 'tooLate',
    config: `<Location "/docs">
      SetEnvIf Request_URI "." no-proxy
    </Location>
    ProxyPass / http://127.0.0.1:8080/`,
    request: { target: '/docs/a.txt' },
    shows: { backend: { uri: '/docs/a.txt' } },
    fixed: {
      config: `SetEnvIf Request_URI "^/docs/" no-proxy
      ProxyPass / http://127.0.0.1:8080/`,
      shows: { status: 200, body: 'a document' },
    },
  },
  {
    rule: 'redirect-before-alias',
    messageId: 'redirected',
    config: `Alias /files /srv/site/docs
    Redirect / http://elsewhere.example/`,
    request: files,
    shows: { status: 302, headers: { location: 'http://elsewhere.example/files/a.txt' } },
    fixed: {
      config: `Alias /files /srv/site/docs
      RedirectMatch ^/(?!files/)(.*)$ http://elsewhere.example/$1`,
      shows: { status: 200, body: 'a document' },
    },
  },
  {
    rule: 'redirect-before-alias',
    messageId: 'proxied',
    config: `Alias /files /srv/site/docs
    ProxyPass / http://127.0.0.1:8080/`,
    request: files,
    shows: { backend: { uri: '/files/a.txt' } },
    fixed: {
      config: `Alias /files /srv/site/docs
      ProxyPass /files !
      ProxyPass / http://127.0.0.1:8080/`,
      shows: { status: 200, body: 'a document' },
    },
  },
  {
    rule: 'redirect-before-alias',
    messageId: 'shadowed',
    config: `Alias /files /srv/none
    Alias /files/deep /srv/site/docs`,
    request: { target: '/files/deep/a.txt' },
    shows: { status: 404 },
    fixed: {
      config: `Alias /files/deep /srv/site/docs
      Alias /files /srv/none`,
      shows: { status: 200, body: 'a document' },
    },
  },
  {
    rule: 'shadowed-proxy-pass',
    messageId: 'shadowed',
    config: `ProxyPass /app http://127.0.0.1:8080/app
    ProxyPass /app/api http://127.0.0.1:8081/api`,
    request: { target: '/app/api/x' },
    shows: { backend: { uri: '/app/api/x', headers: { host: '127.0.0.1:8080' } } },
    fixed: {
      config: `ProxyPass /app/api http://127.0.0.1:8081/api
      ProxyPass /app http://127.0.0.1:8080/app`,
      shows: { backend: { uri: '/api/x', headers: { host: '127.0.0.1:8081' } } },
    },
  },
  {
    rule: 'shadowed-proxy-pass',
    messageId: 'replaced',
    config: `<Location "/app/">
      ProxyPass http://127.0.0.1:8080/
      ProxyPass http://127.0.0.1:8081/
    </Location>`,
    request: { target: '/app/x' },
    shows: { backend: { uri: '/x', headers: { host: '127.0.0.1:8081' } } },
  },
  {
    rule: 'shadowed-proxy-pass',
    messageId: 'laterLocation',
    config: `<Location "/app/admin/">
      ProxyPass http://127.0.0.1:8080/
    </Location>
    <Location "/app/">
      ProxyPass http://127.0.0.1:8081/
    </Location>`,
    request: { target: '/app/admin/x' },
    shows: { backend: { uri: '/admin/x', headers: { host: '127.0.0.1:8081' } } },
    fixed: {
      config: `<Location "/app/">
        ProxyPass http://127.0.0.1:8081/
      </Location>
      <Location "/app/admin/">
        ProxyPass http://127.0.0.1:8080/
      </Location>`,
      shows: { backend: { uri: '/x', headers: { host: '127.0.0.1:8080' } } },
    },
  },
  {
    rule: 'unreachable-location',
    messageId: 'covered',
    config: `ProxyPassMatch ^/app/ http://127.0.0.1:8080
    ProxyPass /app/api http://127.0.0.1:8081/api`,
    request: { target: '/app/api/x' },
    shows: { backend: { uri: '/app/api/x', headers: { host: '127.0.0.1:8080' } } },
  },
  {
    rule: 'unreachable-location',
    messageId: 'literal',
    config: `<LocationMatch "^/app/">
      ProxyPass http://127.0.0.1:8080/
    </LocationMatch>`,
    request: { target: '/app/x' },
    shows: { status: 404, backend: undefined },
    fixed: {
      config: `<LocationMatch "^/app/">
        ProxyPassMatch http://127.0.0.1:8080
      </LocationMatch>`,
      shows: { backend: { uri: '/app/x' } },
    },
  },
];
