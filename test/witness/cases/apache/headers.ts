import type { WitnessCase } from '../../lib/case.ts';

const withTls = (lines: string): string => `<VirtualHost *:443>
  ServerName example.com
  SSLEngine on
  SSLCertificateFile /etc/ssl/site.pem
  SSLCertificateKeyFile /etc/ssl/site.key
  ${lines}
</VirtualHost>`;

export const cases: readonly WitnessCase[] = [
  {
    rule: 'cookie-flags',
    messageId: 'missing',
    config: 'Header always set Set-Cookie "PHPSESSID=1; path=/"',
    request: {},
    shows: { headers: { 'set-cookie': 'PHPSESSID=1; path=/' } },
  },
  {
    rule: 'cookie-flags',
    messageId: 'sameSite',
    config: 'Header always set Set-Cookie "lang=en; SameSite=None"',
    request: {},
    shows: { headers: { 'set-cookie': 'lang=en; SameSite=None' } },
  },
  {
    rule: 'duplicate-response-header',
    messageId: 'twice',
    config: `Header set X-Frame-Options DENY
    Header always set X-Frame-Options SAMEORIGIN`,
    request: {},
    shows: { headers: { 'x-frame-options': 'SAMEORIGIN, DENY' } },
    fixed: {
      config: `Header always set X-Frame-Options DENY
      Header always set X-Frame-Options SAMEORIGIN`,
      shows: { headers: { 'x-frame-options': 'SAMEORIGIN' } },
    },
  },
  {
    rule: 'header-not-always',
    messageId: 'notAlways',
    config: 'Header set X-Frame-Options DENY',
    request: { target: '/none' },
    shows: { status: 404, headers: { 'x-frame-options': undefined } },
    fixed: { shows: { status: 404, headers: { 'x-frame-options': 'DENY' } } },
  },
  {
    rule: 'missing-forwarded-for',
    messageId: 'missing',
    config: `ProxyAddHeaders Off
    ProxyPass / http://127.0.0.1:8080/`,
    request: {},
    shows: { backend: { headers: { 'x-forwarded-for': undefined } } },
    fixed: {
      config: 'ProxyPass / http://127.0.0.1:8080/',
      shows: { backend: { headers: { 'x-forwarded-for': /^127\.0\.0\.1$/ } } },
    },
  },
  {
    rule: 'missing-forwarded-proto',
    messageId: 'missing',
    config: 'ProxyPass / http://127.0.0.1:8080/',
    request: {},
    shows: { backend: { headers: { 'x-forwarded-proto': undefined } } },
    fixed: {
      config: `RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}
      ProxyPass / http://127.0.0.1:8080/`,
      shows: { backend: { headers: { 'x-forwarded-proto': 'http' } } },
    },
  },
  {
    rule: 'missing-host-header',
    messageId: 'address',
    options: { apache: true },
    config: 'ProxyPass / http://127.0.0.1:8080/',
    request: {},
    shows: { backend: { headers: { host: '127.0.0.1:8080' } } },
    fixed: {
      config: `ProxyPreserveHost On
      ProxyPass / http://127.0.0.1:8080/`,
      shows: { backend: { headers: { host: 'example.com' } } },
    },
  },
  {
    rule: 'missing-hsts',
    messageId: 'missing',
    config: withTls('ErrorDocument 404 none'),
    request: { tls: {} },
    shows: { status: 200, headers: { 'strict-transport-security': undefined } },
    fixed: {
      config: withTls('Header always set Strict-Transport-Security "max-age=63072000"'),
      shows: { status: 200, headers: { 'strict-transport-security': 'max-age=63072000' } },
    },
  },
  {
    rule: 'missing-security-headers',
    messageId: 'missing',
    options: { headers: ['X-Content-Type-Options'] },
    config: 'ErrorDocument 404 none',
    request: {},
    shows: { status: 200, headers: { 'x-content-type-options': undefined } },
    fixed: {
      config: 'Header always set X-Content-Type-Options nosniff',
      shows: { status: 200, headers: { 'x-content-type-options': 'nosniff' } },
    },
  },
  {
    rule: 'version-disclosure',
    messageId: 'told',
    config: `Listen 80
ServerTokens Full`,
    request: {},
    shows: { headers: { server: /^Apache\/2\.4\.\d+ / } },
    fixed: { shows: { headers: { server: 'Apache' } } },
  },
  {
    rule: 'weak-hsts',
    messageId: 'short',
    config: withTls('Header always set Strict-Transport-Security "max-age=300"'),
    request: { tls: {} },
    shows: { headers: { 'strict-transport-security': 'max-age=300' } },
  },
  {
    rule: 'cors-origin-invalid',
    messageId: 'list',
    config: `<VirtualHost *:80>
      Header set Access-Control-Allow-Origin "https://a.example.com https://b.example.com"
      ProxyPass / http://127.0.0.1:8080/
    </VirtualHost>`,
    request: { headers: { Origin: 'https://b.example.com' } },
    shows: { headers: { 'access-control-allow-origin': 'https://a.example.com https://b.example.com' } },
    fixed: {
      config: `<VirtualHost *:80>
        SetEnvIf Origin "^https://(a|b)\\.example\\.com$" CORS=$0
        Header set Access-Control-Allow-Origin %{CORS}e env=CORS
        ProxyPass / http://127.0.0.1:8080/
      </VirtualHost>`,
      shows: { headers: { 'access-control-allow-origin': 'https://b.example.com' } },
    },
  },
];
