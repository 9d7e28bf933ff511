/** What clients get in place of the answer that was meant for them. */
import type { WitnessCase } from '../../lib/case.ts';

function withBackend(backend: string, site: string): string {
  return `Listen 80
  Listen 8090
  <VirtualHost *:8090>
    ServerName backend.example
    ${backend}
  </VirtualHost>
  <VirtualHost *:80>
    ServerName example.com
    ${site}
  </VirtualHost>`;
}

const missing = withBackend.bind(undefined, 'ErrorDocument 404 own');
const withCookie = withBackend.bind(
  undefined,
  `Redirect /go http://127.0.0.1:8090/next
   Header always set Set-Cookie "id=1; Path=/; Domain=backend.internal"`,
);

export const cases: readonly WitnessCase[] = [
  {
    rule: 'errors-not-intercepted',
    messageId: 'passed',
    config: missing(`ErrorDocument 404 page
    ProxyPass / http://127.0.0.1:8090/`),
    request: { target: '/nothing' },
    shows: { status: 404, body: 'own' },
    fixed: {
      config: missing(`ErrorDocument 404 page
      ProxyErrorOverride On
      ProxyPass / http://127.0.0.1:8090/`),
      shows: { status: 404, body: 'page' },
    },
  },
  {
    rule: 'error-page-redirects',
    messageId: 'redirect',
    config: 'ErrorDocument 404 http://www.example.com/404.html',
    request: { target: '/nothing' },
    shows: { status: 302, headers: { location: 'http://www.example.com/404.html' } },
  },
  {
    rule: 'preflight-refused',
    messageId: 'refused',
    config: `<Location "/api">
      AuthType Basic
      AuthName API
      AuthUserFile /srv/htpasswd
      Require valid-user
      Header always set Access-Control-Allow-Headers Authorization
      ProxyPass http://127.0.0.1:8080/
    </Location>`,
    request: {
      method: 'OPTIONS',
      target: '/api',
      headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'POST' },
    },
    shows: { status: 401, headers: { 'access-control-allow-headers': 'Authorization' } },
    fixed: {
      config: `<Location "/api">
        AuthType Basic
        AuthName API
        AuthUserFile /srv/htpasswd
        <LimitExcept OPTIONS>
          Require valid-user
        </LimitExcept>
        Header always set Access-Control-Allow-Headers Authorization
        ProxyPass http://127.0.0.1:8080/
      </Location>`,
      shows: { status: 200 },
    },
  },
  {
    rule: 'reversed-mapping',
    messageId: 'path',
    config: withCookie(`ProxyPass /app/ http://127.0.0.1:8090/
    ProxyPassReverse /app/ http://127.0.0.1:8090/
    ProxyPassReverseCookiePath /app/ /`),
    request: { target: '/app/go' },
    shows: { headers: { 'set-cookie': 'id=1; Path=/; Domain=backend.internal' } },
    fixed: { shows: { headers: { 'set-cookie': 'id=1; Path=/app/; Domain=backend.internal' } } },
  },
  {
    rule: 'reversed-mapping',
    messageId: 'reverse',
    config: withCookie(`ProxyPass /app/ http://127.0.0.1:8090/
    ProxyPassReverse http://127.0.0.1:8090/ /app/`),
    request: { target: '/app/go' },
    shows: { headers: { location: 'http://127.0.0.1:8090/next' } },
    fixed: { shows: { headers: { location: 'http://example.com/app/next' } } },
  },
  {
    rule: 'document-root-denied',
    messageId: 'closed',
    config: `<Directory "/">
      Require all denied
    </Directory>
    <Directory "/srv/www">
      Require all granted
    </Directory>
    Alias /files /srv/site`,
    request: { target: '/files/a.txt' },
    shows: { status: 403 },
  },
];
