import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'forwarded-for-spoofing',
    messageId: 'noProxies',
    config: `RemoteIPHeader X-Forwarded-For
    <Location /admin>
      Require ip 192.0.2.1
    </Location>
    ProxyPass / http://127.0.0.1:8080/`,
    request: { target: '/admin', headers: { 'X-Forwarded-For': '192.0.2.1' } },
    shows: { status: 200, backend: { uri: '/admin' } },
    fixed: {
      config: `RemoteIPHeader X-Forwarded-For
      RemoteIPInternalProxy 10.0.0.0/8
      <Location /admin>
        Require ip 192.0.2.1
      </Location>
      ProxyPass / http://127.0.0.1:8080/`,
      shows: { status: 403, backend: undefined },
    },
  },
  {
    rule: 'h2c-smuggling',
    messageId: 'denied',
    config: `ProxyPass / http://127.0.0.1:8082/ upgrade=ANY
    <Location /admin/>
      Require all denied
    </Location>`,
    request: { throughUpgrade: '/admin/' },
    shows: { status: 200, backend: { uri: '/admin/', version: '2.0' } },
    fixed: {
      config: `ProxyPass / http://127.0.0.1:8082/ upgrade=websocket
      <Location /admin/>
        Require all denied
      </Location>`,
      shows: { status: 400 },
    },
  },
  {
    rule: 'host-spoofing',
    messageId: 'spoofed',
    config: `ProxyPreserveHost On
    RequestHeader set Host expr=%{HTTP:X-Forwarded-Host}
    ProxyPass / http://127.0.0.1:8080/`,
    request: { headers: { 'X-Forwarded-Host': 'evil.test' } },
    shows: { backend: { headers: { host: 'evil.test' } } },
    fixed: {
      config: `ProxyPreserveHost On
      ProxyPass / http://127.0.0.1:8080/`,
      shows: { backend: { headers: { host: 'example.com' } } },
    },
  },
  {
    rule: 'open-redirect',
    messageId: 'chosen',
    config: `RewriteEngine On
    RewriteCond %{QUERY_STRING} ^next=(.+)$
    RewriteRule ^/next$ https://%1? [R=302,L]`,
    request: { target: '/next?next=evil.test/' },
    shows: { status: 302, headers: { location: 'https://evil.test/' } },
  },
  {
    rule: 'open-redirect',
    messageId: 'extended',
    config: 'RedirectMatch 301 ^/old(.*)$ https://example.com$1',
    request: { target: '/old.evil.test/' },
    shows: { status: 301, headers: { location: 'https://example.com.evil.test/' } },
    fixed: {
      config: 'RedirectMatch 301 ^/old(/.*)$ https://example.com$1',
      shows: { status: 404, headers: { location: undefined } },
    },
  },
  {
    rule: 'origin-check-bypass',
    messageId: 'origin',
    config: `SetEnvIf Origin "https://.*example\\.com" CORS_ORIGIN=$0
    Header set Access-Control-Allow-Origin "%{CORS_ORIGIN}e" env=CORS_ORIGIN`,
    request: { headers: { Origin: 'https://evilexample.com' } },
    shows: { headers: { 'access-control-allow-origin': 'https://evilexample.com' } },
    fixed: {
      config: `SetEnvIf Origin "^https://(?:[a-z]+\\.)?example\\.com$" CORS_ORIGIN=$0
      Header set Access-Control-Allow-Origin "%{CORS_ORIGIN}e" env=CORS_ORIGIN`,
      shows: { headers: { 'access-control-allow-origin': undefined } },
    },
  },
  {
    rule: 'origin-check-bypass',
    messageId: 'referer',
    config: `RewriteEngine On
    RewriteCond %{HTTP_REFERER} !^https?://(www\\.)?example\\.com [NC]
    RewriteRule \\.txt$ - [F]`,
    request: { target: '/file.txt', headers: { Referer: 'https://example.com.evil.test/' } },
    shows: { status: 200, body: 'a file' },
    fixed: {
      config: `RewriteEngine On
      RewriteCond %{HTTP_REFERER} !^https?://(www\\.)?example\\.com/ [NC]
      RewriteRule \\.txt$ - [F]`,
      shows: { status: 403 },
    },
  },
  {
    rule: 'origin-check-bypass',
    messageId: 'reflected',
    config: `Header always set Access-Control-Allow-Origin "expr=%{HTTP:Origin}"
    Header always set Access-Control-Allow-Credentials "true"`,
    request: { headers: { Origin: 'https://evil.test' } },
    shows: {
      headers: {
        'access-control-allow-origin': 'https://evil.test',
        'access-control-allow-credentials': 'true',
      },
    },
  },
  {
    rule: 'ssrf',
    messageId: 'chosen',
    config: 'ProxyPassMatch ^/fetch/(.*)$ http://$1',
    request: { target: '/fetch/127.0.0.1:8081/internal' },
    shows: { backend: { uri: '/internal', headers: { host: '127.0.0.1:8081' } } },
  },
  {
    rule: 'ssrf',
    messageId: 'chosen',
    config: `RewriteEngine On
    RewriteCond %{QUERY_STRING} ^url=(.+)$
    RewriteRule ^/go$ http://%1? [P]`,
    request: { target: '/go?url=127.0.0.1:8081/internal' },
    shows: { backend: { uri: '/internal', headers: { host: '127.0.0.1:8081' } } },
  },
  {
    rule: 'ssrf',
    messageId: 'extended',
    config: 'ProxyPassMatch ^/app(.*)$ http://127.0.0.1:8080$1',
    request: { target: '/app@127.0.0.1:8081/internal' },
    shows: { backend: { uri: '/internal', headers: { host: '127.0.0.1:8081' } } },
    fixed: {
      config: 'ProxyPassMatch ^/app(/.*)$ http://127.0.0.1:8080$1',
      shows: { status: 404, backend: undefined },
    },
  },
  {
    rule: 'open-redirect',
    messageId: 'glued',
    config: 'Redirect / http://elsewhere.example',
    request: { target: '/.evil.test' },
    shows: { status: 302, headers: { location: 'http://elsewhere.example.evil.test' } },
    fixed: { shows: { headers: { location: 'http://elsewhere.example/.evil.test' } } },
  },
  {
    rule: 'trusted-header-passthrough',
    messageId: 'passed',
    config: `ProxyPass / http://127.0.0.1:8080/
    <Location /members/>
      AuthType Basic
      AuthName Members
      AuthUserFile /etc/apache2/users
      Require valid-user
      RequestHeader set X-Remote-User "expr=%{REMOTE_USER}"
      ProxyPass http://127.0.0.1:8080/members/
    </Location>`,
    request: { headers: { 'X-Remote-User': 'admin' } },
    shows: { backend: { headers: { 'x-remote-user': 'admin' } } },
    fixed: {
      config: `RequestHeader unset X-Remote-User early
      ProxyPass / http://127.0.0.1:8080/
      <Location /members/>
        AuthType Basic
        AuthName Members
        AuthUserFile /etc/apache2/users
        Require valid-user
        RequestHeader set X-Remote-User "expr=%{REMOTE_USER}"
        ProxyPass http://127.0.0.1:8080/members/
      </Location>`,
      shows: { backend: { headers: { 'x-remote-user': undefined } } },
    },
  },
];
