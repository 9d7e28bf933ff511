import type { WitnessCase } from '../../lib/case.ts';

const files = { target: '/files/a.txt' };

export const cases: readonly WitnessCase[] = [
  {
    rule: 'duplicate-server-name',
    messageId: 'duplicate',
    config: `<VirtualHost *:80>
      ServerName example.com
      ProxyPass / http://127.0.0.1:8080/
    </VirtualHost>
    <VirtualHost *:80>
      ServerName example.com
      ProxyPass / http://127.0.0.1:8081/
    </VirtualHost>`,
    request: {},
    shows: { backend: { headers: { host: '127.0.0.1:8080' } } },
  },
  {
    rule: 'listener-without-host',
    messageId: 'noHost',
    config: `Listen 80
Listen 8000
<VirtualHost *:80>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
    request: { port: 8000 },
    shows: { status: 200, body: 'index' },
    fixed: {
      config: `Listen 80
Listen 8000
<VirtualHost *:80 *:8000>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
      shows: { backend: { uri: '/' } },
    },
  },
  {
    rule: 'port-without-listener',
    messageId: 'noListen',
    config: `Listen 80
<VirtualHost *:8000>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
    request: { port: 8000 },
    shows: { error: /ECONNREFUSED/ },
    fixed: {
      config: `Listen 8000
<VirtualHost *:8000>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
      shows: { backend: { uri: '/' } },
    },
  },
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
    rule: 'redirect-loop',
    messageId: 'loops',
    config: 'Redirect /app http://example.com/app/start',
    request: { target: '/app/start' },
    shows: { status: 302, headers: { location: 'http://example.com/app/start/start' } },
    fixed: {
      config: 'RedirectMatch ^/app$ http://example.com/app/start',
      shows: { status: 404 },
    },
  },
  {
    rule: 'rewrite-rules-not-inherited',
    messageId: 'engineOff',
    config: 'RewriteRule ^/file - [F]',
    request: { target: '/file.txt' },
    shows: { status: 200, body: 'a file' },
    fixed: {
      config: `RewriteEngine On
      RewriteRule ^/file - [F]`,
      shows: { status: 403 },
    },
  },
  {
    rule: 'rewrite-rules-not-inherited',
    messageId: 'notInherited',
    config: `Listen 80
RewriteEngine On
RewriteRule ^/file - [F]
<VirtualHost *:80>
  RewriteEngine On
</VirtualHost>`,
    request: { target: '/file.txt' },
    shows: { status: 200, body: 'a file' },
    fixed: {
      config: `Listen 80
RewriteEngine On
RewriteRule ^/file - [F]
<VirtualHost *:80>
  RewriteEngine On
  RewriteOptions Inherit
</VirtualHost>`,
      shows: { status: 403 },
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
    rule: 'shadowed-server-name',
    messageId: 'shadowed',
    config: `<VirtualHost *:80>
      ServerName example.com
      ServerAlias *.example.com
      ProxyPass / http://127.0.0.1:8080/
    </VirtualHost>
    <VirtualHost *:80>
      ServerName shop.example.com
      ProxyPass / http://127.0.0.1:8081/
    </VirtualHost>`,
    request: { headers: { Host: 'shop.example.com' } },
    shows: { backend: { headers: { host: '127.0.0.1:8080' } } },
  },
  {
    rule: 'unreachable-location',
    messageId: 'covered',
    config: `ProxyPassMatch ^/app/ http://127.0.0.1:8080
    ProxyPass /app/api http://127.0.0.1:8081/api`,
    request: { target: '/app/api/x' },
    shows: { backend: { uri: '/app/api/x', headers: { host: '127.0.0.1:8080' } } },
  },
];
