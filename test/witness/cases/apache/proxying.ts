import type { WitnessCase } from '../../lib/case.ts';

/** A virtual host, and a second one as its backend. */
const twoHosts = (front: string, backend: string): string => `<VirtualHost *:80>
  ServerName example.com
  ${front}
</VirtualHost>
<VirtualHost *:8090>
  ${backend}
</VirtualHost>`;

/** The backend redirects to an absolute URL of its own. */
const redirected = (front: string): string =>
  twoHosts(front, 'Redirect /app/redirect http://127.0.0.1:8090/app/target');

export const cases: readonly WitnessCase[] = [
  {
    rule: 'body-size-mismatch',
    messageId: 'smaller',
    config: `LimitRequestBody 1000
    <IfModule mod_php.c>
      php_value post_max_size 20M
    </IfModule>`,
    request: { method: 'POST', headers: { 'Content-Length': '1001' }, bodySize: 1001 },
    shows: { status: 413 },
  },
  {
    rule: 'missing-module',
    messageId: 'missing',
    config: `Listen 80
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule proxy_module modules/mod_proxy.so
<VirtualHost *:80>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
    request: {},
    shows: { status: 500, files: { 'error.log': /No protocol handler was valid for the URL/ } },
    fixed: {
      config: `Listen 80
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
<VirtualHost *:80>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
      shows: { status: 200, backend: { uri: '/' } },
    },
  },
  {
    rule: 'missing-proxy-pass-reverse',
    messageId: 'missing',
    config: redirected('ProxyPass /app http://127.0.0.1:8090/app'),
    request: { target: '/app/redirect' },
    shows: { status: 302, headers: { location: 'http://127.0.0.1:8090/app/target' } },
    fixed: {
      config: redirected(`ProxyPass /app http://127.0.0.1:8090/app
      ProxyPassReverse /app http://127.0.0.1:8090/app`),
      shows: { status: 302, headers: { location: 'http://example.com/app/target' } },
    },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'glued',
    config: 'ProxyPass /a/ http://127.0.0.1:8080/c',
    request: { target: '/a/x' },
    shows: { backend: { uri: '/cx' } },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'doubled',
    config: 'ProxyPass /a http://127.0.0.1:8080/',
    request: { target: '/a/x' },
    shows: { backend: { uri: '//x' } },
    fixed: { config: 'ProxyPass /a/ http://127.0.0.1:8080/', shows: { backend: { uri: '/x' } } },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'gluedHost',
    config: 'ProxyPass / http://127.0.0.1:8080',
    request: { target: '/x' },
    shows: { backend: undefined },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'gluedHost',
    config: `<Proxy "balancer://pool">
      BalancerMember http://127.0.0.1:8080
    </Proxy>
    ProxyPass / balancer://pool`,
    request: { target: '/x' },
    shows: { status: 500, backend: undefined },
    fixed: {
      config: `<Proxy "balancer://slashes">
        BalancerMember http://127.0.0.1:8080
      </Proxy>
      ProxyPass / balancer://slashes/`,
      shows: { backend: { uri: '/x' } },
    },
  },
  {
    rule: 'proxy-pass-reverse-mismatch',
    messageId: 'otherUrl',
    config: redirected(`ProxyPass /app http://127.0.0.1:8090/app
    ProxyPassReverse /app http://127.0.0.1:8081/app`),
    request: { target: '/app/redirect' },
    shows: { status: 302, headers: { location: 'http://127.0.0.1:8090/app/target' } },
  },
  {
    rule: 'proxy-pass-reverse-mismatch',
    messageId: 'otherPath',
    config: redirected(`ProxyPass /shop/ http://127.0.0.1:8090/app/
    ProxyPassReverse / http://127.0.0.1:8090/app/`),
    request: { target: '/shop/redirect' },
    shows: { status: 302, headers: { location: 'http://example.com/target' } },
  },
  {
    rule: 'proxy-pass-reverse-mismatch',
    messageId: 'slash',
    config: redirected(`ProxyPass / http://127.0.0.1:8090/
    ProxyPassReverse / http://127.0.0.1:8090`),
    request: { target: '/app/redirect' },
    shows: { status: 302, headers: { location: 'http://example.com//app/target' } },
  },
  {
    rule: 'proxy-pass-reverse-mismatch',
    messageId: 'pattern',
    config: redirected(`<LocationMatch "^/app/(.*)$">
      ProxyPassMatch http://127.0.0.1:8090/app/$1
      ProxyPassReverse http://127.0.0.1:8090/app/
    </LocationMatch>`),
    request: { target: '/app/redirect' },
    shows: { status: 302, headers: { location: 'http://example.com^/app/(.*)$target' } },
  },
  {
    rule: 'proxy-protocol-mismatch',
    messageId: 'unsent',
    config: twoHosts('ProxyPass / http://127.0.0.1:8090/', 'RemoteIPProxyProtocol On'),
    request: {},
    shows: { status: 502 },
    fixed: {
      config: twoHosts('ProxyPass / http://127.0.0.1:8090/', 'RemoteIPProxyProtocol Off'),
      shows: { status: 200, body: 'index' },
    },
  },
  {
    rule: 'rewrite-proxy-to-static-backend',
    messageId: 'fixed',
    config: `RewriteEngine On
    RewriteRule ^/(.*)$ http://127.0.0.1:8080/$1 [P]`,
    request: {},
    shows: { backend: { headers: { connection: 'close' } } },
    fixed: {
      config: 'ProxyPass / http://127.0.0.1:8080/',
      shows: { backend: { headers: { connection: 'Keep-Alive' } } },
    },
  },
  {
    rule: 'unknown-balancer',
    messageId: 'misspelled',
    config: `<Proxy "balancer://cluster">
      BalancerMember http://127.0.0.1:8080
    </Proxy>
    ProxyPass / balancer://clutser/`,
    request: { target: '/x' },
    shows: { status: 503 },
    fixed: {
      config: `<Proxy "balancer://cluster">
        BalancerMember http://127.0.0.1:8080
      </Proxy>
      ProxyPass / balancer://cluster/`,
      shows: { backend: { uri: '/x' } },
    },
  },
  {
    rule: 'upgrade-parameter-version',
    messageId: 'tunnel',
    options: { tunnels: true },
    since: '2.4.47',
    config: 'ProxyPass / ws://127.0.0.1:8080/',
    request: { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } },
    shows: { backend: { headers: { upgrade: 'websocket' } } },
    fixed: { shows: { backend: { headers: { upgrade: 'websocket' } } } },
  },
];
