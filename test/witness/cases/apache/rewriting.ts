import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'unknown-rewrite-variable',
    messageId: 'misspelled',
    config: `RewriteEngine On
    RewriteRule ^/old$ http://example.org%{REQUEST_URL} [R=301,L]`,
    request: { target: '/old' },
    shows: { status: 301, headers: { location: 'http://example.org' } },
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
    rule: 'redirect-loop',
    messageId: 'loops',
    config: `RewriteEngine On
    RewriteRule ^/(.*)$ http://%{SERVER_NAME}/$1 [R,L]`,
    request: { target: '/x' },
    shows: { status: 302, headers: { location: 'http://example.com/x' } },
  },
  {
    rule: 'rewrite-loop',
    messageId: 'directory',
    config: `<Directory /srv/site>
      Require all granted
      RewriteEngine On
      RewriteRule ^(.*)$ index.php/$1 [L]
    </Directory>`,
    request: { target: '/file.txt' },
    shows: { status: 500 },
    fixed: {
      config: `<Directory /srv/site>
      Require all granted
      RewriteEngine On
      RewriteCond %{REQUEST_FILENAME} !-f
      RewriteRule ^(.*)$ index.php/$1 [L]
    </Directory>`,
      shows: { status: 200, body: 'a file' },
    },
  },
  {
    rule: 'redirect-without-last',
    messageId: 'overwritten',
    config: `RewriteEngine On
    RewriteRule ^/old /new [R=301]
    RewriteRule ^(.*)$ /index.html`,
    request: { target: '/old' },
    shows: { status: 301, body: 'index', headers: { location: undefined } },
    fixed: { shows: { status: 301, headers: { location: 'http://example.com/new' } } },
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
    rule: 'unsafe-rewrite-option',
    messageId: 'unsafe',
    since: '2.4.60',
    config: `RewriteEngine On
    RewriteRule ^/old/(.*)$ http://127.0.0.1:8080/$1?plain [P,UnsafeAllow3F]`,
    request: { target: '/old/x%3Fadmin' },
    shows: { status: 200, backend: { uri: '/x?admin?plain' } },
    fixed: {
      config: `RewriteEngine On
      RewriteRule ^/old/(.*)$ http://127.0.0.1:8080/$1?plain [P]`,
      shows: { status: 403 },
    },
  },
  {
    rule: 'doubled-slash',
    messageId: 'doubled',
    config: `<VirtualHost *:80>
  RewriteEngine On
  RewriteRule ^(.*)$ https://www.example.com/$1 [R=301,L]
</VirtualHost>`,
    request: { target: '/x' },
    shows: { status: 301, headers: { location: 'https://www.example.com//x' } },
    fixed: {
      config: `<VirtualHost *:80>
  RewriteEngine On
  RewriteRule ^/(.*)$ https://www.example.com/$1 [R=301,L]
</VirtualHost>`,
      shows: { status: 301, headers: { location: 'https://www.example.com/x' } },
    },
  },
  {
    rule: 'arguments-twice',
    messageId: 'twice',
    config: `<VirtualHost *:80>
  RewriteEngine On
  RewriteRule ^/a/(.*)$ https://www.example.com/b?path=$1&%{QUERY_STRING} [R=301,QSA,L]
</VirtualHost>`,
    request: { target: '/a/x?a=1' },
    shows: { status: 301, headers: { location: 'https://www.example.com/b?path=x&a=1&a=1' } },
  },
];
