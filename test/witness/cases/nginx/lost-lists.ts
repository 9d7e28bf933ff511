import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'lost-error-pages',
    messageId: 'lost',
    config: `server {
      listen 80;
      root /srv/site;
      error_page 404 /file.txt;
      location /docs/ { error_page 403 /index.html; }
    }`,
    request: { target: '/docs/no-such-file' },
    shows: { status: 404, body: /<h1>404 Not Found/ },
    fixed: { shows: { status: 404, body: 'a file' } },
  },
  {
    rule: 'lost-error-pages',
    messageId: 'lost',
    config: `server {
      listen 80;
      root /srv/site;
      error_page 404 414 /file.txt;
      location / { error_page 403 /index.html; }
    }`,
    request: { target: `/${'x'.repeat(9000)}` },
    // Not this one: it is answered before nginx looks for a location.
    shows: { status: 414, body: 'a file' },
    fixed: { shows: { status: 414, body: 'a file' } },
  },
  {
    rule: 'lost-hidden-headers',
    messageId: 'shown',
    config: `server {
      listen 80;
      proxy_hide_header X-Powered-By;
      location / { proxy_hide_header X-Runtime; proxy_pass http://127.0.0.1:8088; }
    }
    server { listen 8088; add_header X-Powered-By PHP/8.1; add_header X-Runtime 7; return 200 x; }`,
    request: {},
    shows: { status: 200, headers: { 'x-powered-by': 'PHP/8.1', 'x-runtime': undefined } },
    fixed: { shows: { status: 200, headers: { 'x-powered-by': undefined, 'x-runtime': undefined } } },
  },
  {
    rule: 'lost-limits',
    messageId: 'lost',
    config: `limit_req_zone $binary_remote_addr zone=everybody:1m rate=1r/m;
    limit_req_zone $binary_remote_addr zone=logins:1m rate=100r/s;
    server {
      listen 80;
      root /srv/site;
      limit_req zone=everybody;
      location /docs/ { limit_req zone=logins burst=10; }
    }`,
    before: { target: '/docs/a.txt' },
    request: { target: '/docs/a.txt' },
    shows: { status: 200 },
    fixed: { shows: { status: 503 } },
  },
  {
    rule: 'lost-parameters',
    messageId: 'lost',
    config: `server {
      listen 80;
      fastcgi_param REQUEST_METHOD $request_method;
      location / { fastcgi_param HTTPS on; fastcgi_pass 127.0.0.1:9000; }
    }`,
    request: {},
    shows: { backend: { params: { HTTPS: 'on', REQUEST_METHOD: undefined } } },
    fixed: { shows: { backend: { params: { HTTPS: 'on', REQUEST_METHOD: 'GET' } } } },
  },
];
