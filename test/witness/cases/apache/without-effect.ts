import type { WitnessCase } from '../../lib/case.ts';

const host = (name: string, body: string): string => `<VirtualHost *:80>
  ServerName ${name}
  ${body}
</VirtualHost>`;

const proxied = (body: string): string => host('example.com', `${body}\nProxyPass / http://127.0.0.1:8080/`);

/** The map stands in the main server. */
const mapped = (body: string): string =>
  `RewriteMap known "int:toupper"\n${host('example.com', `RewriteEngine On\n${body}`)}`;

export const cases: readonly WitnessCase[] = [
  {
    rule: 'rewritecond-trailing-or',
    messageId: 'always',
    config: host(
      'example.com',
      `RewriteEngine On
      RewriteCond %{REQUEST_METHOD} =PUT [OR]
      RewriteRule ^/or$ - [F]`,
    ),
    request: { target: '/or' },
    shows: { status: 403 },
    fixed: { shows: { status: 404 } },
  },
  {
    rule: 'setenv-too-late',
    messageId: 'late',
    config: host('example.com', `SetEnv ALLOWED 1\n<Location "/">\nRequire env ALLOWED\n</Location>`),
    request: { target: '/page' },
    shows: { status: 403 },
    fixed: {
      config: host('example.com', `SetEnvIf Request_URI . ALLOWED=1\n<Location "/">\nRequire env ALLOWED\n</Location>`),
      shows: { status: 404 },
    },
  },
  {
    rule: 'header-from-unset-variable',
    messageId: 'unset',
    config: proxied('RequestHeader set X-Real-IP %{REMOTE_ADDR}e'),
    request: {},
    shows: { backend: { headers: { 'x-real-ip': '(null)' } } },
    fixed: { shows: { backend: { headers: { 'x-real-ip': '127.0.0.1' } } } },
  },
  {
    rule: 'https-condition-behind-proxy',
    messageId: 'connection',
    config: host(
      'example.com',
      `SetEnvIf X-Forwarded-Proto https HTTPS=on
      RewriteEngine On
      RewriteCond %{HTTPS} off
      RewriteRule ^ https://example.com%{REQUEST_URI} [R,L]`,
    ),
    request: { target: '/page', headers: { 'X-Forwarded-Proto': 'https' } },
    shows: { status: 302, headers: { location: 'https://example.com/page' } },
    fixed: { shows: { status: 404 } },
  },
  {
    rule: 'rewrite-map-out-of-scope',
    messageId: 'notInherited',
    config: mapped('RewriteRule ^/known$ /x-${known:key} [R,L]'),
    request: { target: '/known' },
    shows: { headers: { location: /\/x-$/ } },
    fixed: {
      config: mapped('RewriteMap known "int:toupper"\nRewriteRule ^/known$ /x-${known:key} [R,L]'),
      shows: { headers: { location: /\/x-KEY$/ } },
    },
  },
  {
    rule: 'server-alias-with-port',
    messageId: 'port',
    config: `${host('first.example', 'Redirect 410 /')}
    ${host('example.com', 'ServerAlias alias.example:80\nRedirect 404 /')}`,
    request: { headers: { Host: 'alias.example' } },
    shows: { status: 410 },
    fixed: { shows: { status: 404 } },
  },
  {
    rule: 'auth-without-require',
    messageId: 'notRequired',
    config: proxied(
      '<Location "/">\nAuthType Basic\nAuthName staff\nAuthUserFile /dev/null\nRequire all granted\n</Location>',
    ),
    request: {},
    shows: { status: 200 },
    fixed: {
      config: proxied(
        '<Location "/">\nAuthType Basic\nAuthName staff\nAuthUserFile /dev/null\nRequire valid-user\n</Location>',
      ),
      shows: { status: 401 },
    },
  },
  {
    rule: 'comment-continues',
    messageId: 'swallowed',
    config: host('example.com', '# the share is \\\\files\\logs\\\nRedirect 410 /gone'),
    request: { target: '/gone' },
    shows: { status: 404 },
    fixed: {
      config: host('example.com', '# the share is \\\\files\\logs\nRedirect 410 /gone'),
      shows: { status: 410 },
    },
  },
  {
    rule: 'redirect-in-location',
    messageId: 'dropped',
    config: host('example.com', '<Location "/old/">\nRedirect https://n.example/new\n</Location>'),
    request: { target: '/old/page' },
    shows: { headers: { location: 'https://n.example/new' } },
    fixed: {
      config: host('example.com', 'Redirect /old/ https://n.example/new/'),
      shows: { headers: { location: 'https://n.example/new/page' } },
    },
  },
  {
    rule: 'proxy-pass-match-appends-path',
    messageId: 'appended',
    config: host('example.com', 'ProxyPassMatch ^/old/.*$ http://127.0.0.1:8080/new'),
    request: { target: '/old/a' },
    shows: { backend: { uri: '/new/old/a' } },
    fixed: {
      config: host('example.com', 'ProxyPassMatch ^/old/(.*)$ http://127.0.0.1:8080/new/$1'),
      shows: { backend: { uri: '/new/a' } },
    },
  },
  {
    rule: 'proxy-pass-match-appends-path',
    messageId: 'slash',
    config: host('example.com', 'ProxyPassMatch ^/old/.*$ http://127.0.0.1:8080/'),
    request: { target: '/old/a' },
    shows: { backend: { uri: '//old/a' } },
  },
  {
    rule: 'output-filter-replaced',
    messageId: 'replaced',
    config: proxied(`SetOutputFilter DEFLATE
      <Location "/inner">
        SetOutputFilter SUBSTITUTE
      </Location>`),
    request: { target: '/inner', headers: { 'Accept-Encoding': 'gzip' } },
    shows: { headers: { 'content-encoding': undefined } },
    fixed: {
      config: proxied(`SetOutputFilter DEFLATE
        <Location "/inner">
          SetOutputFilter SUBSTITUTE;DEFLATE
        </Location>`),
      shows: { headers: { 'content-encoding': 'gzip' } },
    },
  },
  {
    rule: 'rewrite-misses-location-path',
    messageId: 'slash',
    config: host(
      'example.com',
      `DocumentRoot /srv/site
      <Directory /srv/site>
        RewriteEngine On
        RewriteRule ^/file\\.txt$ - [F]
      </Directory>`,
    ),
    request: { target: '/file.txt' },
    shows: { status: 200 },
    fixed: {
      config: host(
        'example.com',
        `DocumentRoot /srv/site
        <Directory /srv/site>
          RewriteEngine On
          RewriteRule ^file\\.txt$ - [F]
        </Directory>`,
      ),
      shows: { status: 403 },
    },
  },
  {
    rule: 'rewrite-misses-location-path',
    messageId: 'files',
    config: host('example.com', '<Location "/app">\nRewriteEngine On\nRewriteRule ^/app/page$ - [G]\n</Location>'),
    request: { target: '/app/page' },
    shows: { status: 404 },
    fixed: {
      config: host('example.com', 'RewriteEngine On\nRewriteRule ^/app/page$ - [G]'),
      shows: { status: 410 },
    },
  },
  {
    rule: 'typographic-quote',
    messageId: 'letters',
    config: proxied('RequestHeader set X-Forwarded-Proto “https”'),
    request: {},
    shows: { backend: { headers: { 'x-forwarded-proto': /^[^h]+https[^s]+$/ } } },
    fixed: { shows: { backend: { headers: { 'x-forwarded-proto': 'https' } } } },
  },
  {
    rule: 'real-ip-without-source',
    messageId: 'noHeader',
    config: proxied('RemoteIPInternalProxy 127.0.0.1\nRequestHeader set X-Seen expr=%{REMOTE_ADDR}'),
    request: { headers: { 'X-Forwarded-For': '192.0.2.1' } },
    shows: { backend: { headers: { 'x-seen': '127.0.0.1' } } },
    fixed: {
      config: proxied(
        'RemoteIPInternalProxy 127.0.0.1\nRemoteIPHeader X-Forwarded-For\nRequestHeader set X-Seen expr=%{REMOTE_ADDR}',
      ),
      shows: { backend: { headers: { 'x-seen': '192.0.2.1' } } },
    },
  },
  {
    rule: 'proxy-worker-conflict',
    messageId: 'socket',
    config: host(
      'example.com',
      'ProxyPass /u/ unix:/run/one.sock|http://localhost/\nProxyPass /v/ unix:/run/two.sock|http://localhost/',
    ),
    request: { target: '/v/' },
    shows: { status: 503, files: { 'error.log': /connect to Unix domain socket \/run\/one\.sock/ } },
    fixed: {
      config: host(
        'example.com',
        'ProxyPass /u/ unix:/run/one.sock|http://one/\nProxyPass /v/ unix:/run/two.sock|http://two/',
      ),
      shows: { status: 503, files: { 'error.log': /connect to Unix domain socket \/run\/two\.sock/ } },
    },
  },
  {
    rule: 'overwritten-forwarded-proto',
    messageId: 'behindProxy',
    config: proxied(`RemoteIPHeader X-Forwarded-For
      RemoteIPInternalProxy 127.0.0.1
      RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}`),
    request: { headers: { 'X-Forwarded-Proto': 'https' } },
    shows: { backend: { headers: { 'x-forwarded-proto': 'http' } } },
    fixed: {
      config: proxied(`RemoteIPHeader X-Forwarded-For
        RemoteIPInternalProxy 127.0.0.1
        RequestHeader setifempty X-Forwarded-Proto http`),
      shows: { backend: { headers: { 'x-forwarded-proto': 'https' } } },
    },
  },
  {
    rule: 'sub-filter-on-compressed',
    messageId: 'compressed',
    config: `<VirtualHost *:80>
  ProxyPass / http://127.0.0.1:8080/
  AddOutputFilterByType SUBSTITUTE text/html
  Substitute s/a/b/
</VirtualHost>`,
    request: { headers: { 'Accept-Encoding': 'gzip' } },
    shows: { backend: { headers: { 'accept-encoding': 'gzip' } } },
    fixed: {
      config: `<VirtualHost *:80>
  ProxyPass / http://127.0.0.1:8080/
  RequestHeader unset Accept-Encoding
  AddOutputFilterByType SUBSTITUTE text/html
  Substitute s/a/b/
</VirtualHost>`,
      shows: { backend: { headers: { 'accept-encoding': undefined } } },
    },
  },
  {
    rule: 'valid-referers-none',
    messageId: 'empty',
    config: `<VirtualHost *:80>
  RewriteEngine On
  RewriteCond %{HTTP_REFERER} !^$
  RewriteCond %{HTTP_REFERER} !^https://example\\.org/
  RewriteRule ^ - [F]
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
    request: {},
    shows: { status: 200 },
    fixed: {
      config: `<VirtualHost *:80>
  RewriteEngine On
  RewriteCond %{HTTP_REFERER} !^https://example\\.org/
  RewriteRule ^ - [F]
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
      shows: { status: 403 },
    },
  },
];
