/** What clients get in place of the answer that was meant for them. */
import type { WitnessCase } from '../../lib/case.ts';

const forFiles = 'location ~* \\.(css|js)$ { expires 1d; }';
const failing = 'server { listen 8090; location / { return 404 own; } }';
const withCookie = `server {
  listen 8091;
  location / { add_header Set-Cookie "id=1; Path=/; Domain=backend.internal"; return 302 http://127.0.0.1:8091/next; }
}`;

function proxied(settings: string): string {
  return `${withCookie}
  server { listen 80; server_name example.com; location /app/ { proxy_pass http://127.0.0.1:8091/; ${settings} } }`;
}

function withPage(settings: string): string {
  return `${failing}
  server {
    listen 80;
    error_page 404 /404.html;
    location / { proxy_pass http://127.0.0.1:8090; ${settings} }
    location = /404.html { internal; return 404 page; }
  }`;
}

export const cases: readonly WitnessCase[] = [
  {
    rule: 'assets-not-proxied',
    messageId: 'taken',
    config: `server { listen 80; root /srv/www; location /grafana/ { proxy_pass http://127.0.0.1:8080/; } ${forFiles} }`,
    request: { target: '/grafana/app.js' },
    shows: { status: 404, backend: undefined },
    fixed: {
      config: `server { listen 80; root /srv/www; location ^~ /grafana/ { proxy_pass http://127.0.0.1:8080/; } ${forFiles} }`,
      shows: { status: 200, backend: { uri: '/app.js' } },
    },
  },
  {
    rule: 'errors-not-intercepted',
    messageId: 'passed',
    config: withPage(''),
    request: { target: '/nothing' },
    shows: { status: 404, body: 'own' },
    fixed: { config: withPage('proxy_intercept_errors on;'), shows: { status: 404, body: 'page' } },
  },
  {
    rule: 'error-page-redirects',
    messageId: 'redirect',
    config: 'server { listen 80; root /srv/www; error_page 404 https://www.example.com/404.html; }',
    request: { target: '/nothing' },
    shows: { status: 302, headers: { location: 'https://www.example.com/404.html' } },
  },
  {
    rule: 'preflight-refused',
    messageId: 'refused',
    config: `server {
      listen 80;
      location / {
        auth_basic API;
        auth_basic_user_file /srv/htpasswd;
        add_header Access-Control-Allow-Headers Authorization always;
        proxy_pass http://127.0.0.1:8080;
      }
    }`,
    request: { method: 'OPTIONS', headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'POST' } },
    shows: { status: 401, headers: { 'access-control-allow-headers': 'Authorization' } },
    fixed: {
      config: `server {
        listen 80;
        location / {
          if ($request_method = OPTIONS) { add_header Access-Control-Allow-Headers Authorization; return 204; }
          auth_basic API;
          auth_basic_user_file /srv/htpasswd;
          add_header Access-Control-Allow-Headers Authorization always;
          proxy_pass http://127.0.0.1:8080;
        }
      }`,
      shows: { status: 204, headers: { 'access-control-allow-headers': 'Authorization' } },
    },
  },
  {
    rule: 'reversed-mapping',
    messageId: 'redirect',
    config: proxied('proxy_redirect /app/ http://127.0.0.1:8091/;'),
    request: { target: '/app/x' },
    shows: { status: 302, headers: { location: 'http://127.0.0.1:8091/next' } },
    fixed: { shows: { status: 302, headers: { location: /^http:\/\/example\.com(?::\d+)?\/app\/next$/ } } },
  },
  {
    rule: 'reversed-mapping',
    messageId: 'path',
    config: proxied('proxy_cookie_path /app/ /;'),
    request: { target: '/app/x' },
    shows: { headers: { 'set-cookie': 'id=1; Path=/; Domain=backend.internal' } },
    fixed: { shows: { headers: { 'set-cookie': 'id=1; Path=/app/; Domain=backend.internal' } } },
  },
];
