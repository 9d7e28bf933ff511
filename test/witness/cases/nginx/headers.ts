import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'content-type-by-add-header',
    messageId: 'second',
    config: 'server { listen 80; add_header Content-Type text/css; return 200 x; }',
    request: {},
    shows: { headers: { 'content-type': 'text/plain, text/css' } },
    fixed: { shows: { headers: { 'content-type': 'text/css' } } },
  },
  {
    rule: 'content-type-by-add-header',
    messageId: 'second',
    config: 'server { listen 80; add_header Content-Type text/plain always; return 404; }',
    request: {},
    shows: { headers: { 'content-type': 'text/html, text/plain' } },
    fixed: {
      config: 'server { listen 80; add_header Content-Type text/plain; return 204; }',
      shows: { headers: { 'content-type': 'text/plain' } },
    },
  },
  {
    rule: 'cookie-flags',
    messageId: 'removed',
    config: `server {
      listen 443 ssl;
      ssl_certificate /etc/ssl/site.pem;
      ssl_certificate_key /etc/ssl/site.key;
      proxy_cookie_flags ~ nosecure;
      location / { proxy_pass http://127.0.0.1:8088; }
    }
    server { listen 8088; add_header Set-Cookie "session=1; Secure; HttpOnly; SameSite=Lax"; return 200; }`,
    request: { tls: {} },
    shows: { headers: { 'set-cookie': 'session=1; HttpOnly; SameSite=Lax' } },
  },
  {
    rule: 'cookie-flags',
    messageId: 'missing',
    config: 'server { listen 80; add_header Set-Cookie "session_id=1; Path=/"; return 200 x; }',
    request: {},
    shows: { headers: { 'set-cookie': 'session_id=1; Path=/' } },
  },
  {
    rule: 'duplicate-response-header',
    messageId: 'twice',
    config: `server {
      listen 80;
      add_header X-Frame-Options DENY;
      add_header X-Frame-Options SAMEORIGIN;
      return 200 x;
    }`,
    request: {},
    shows: { headers: { 'x-frame-options': 'DENY, SAMEORIGIN' } },
  },
  {
    rule: 'header-not-always',
    messageId: 'notAlways',
    config: 'server { listen 80; add_header X-Frame-Options DENY; return 404; }',
    request: {},
    shows: { status: 404, headers: { 'x-frame-options': undefined } },
    fixed: { shows: { status: 404, headers: { 'x-frame-options': 'DENY' } } },
  },
  {
    rule: 'lost-proxy-headers',
    messageId: 'lost',
    config: `server {
      listen 80;
      proxy_set_header X-Forwarded-For $remote_addr;
      location / { proxy_set_header Host $host; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: {},
    shows: { backend: { headers: { host: 'example.com', 'x-forwarded-for': undefined } } },
    fixed: { shows: { backend: { headers: { host: 'example.com', 'x-forwarded-for': '127.0.0.1' } } } },
  },
  {
    rule: 'lost-response-headers',
    messageId: 'security',
    config: `server {
      listen 80;
      add_header X-Frame-Options DENY always;
      location / { add_header X-Here 1; return 200 ok; }
    }`,
    request: {},
    shows: { status: 200, headers: { 'x-frame-options': undefined, 'x-here': '1' } },
    fixed: { shows: { status: 200, headers: { 'x-frame-options': 'DENY', 'x-here': '1' } } },
  },
  {
    rule: 'lost-response-headers',
    messageId: 'other',
    config: `server {
      listen 80;
      add_header X-Served-By edge;
      location / { add_header X-Here 1; return 200 ok; }
    }`,
    request: {},
    shows: { status: 200, headers: { 'x-served-by': undefined, 'x-here': '1' } },
    fixed: { shows: { status: 200, headers: { 'x-served-by': 'edge', 'x-here': '1' } } },
  },
  {
    rule: 'missing-forwarded-for',
    messageId: 'missing',
    config: `server {
      listen 80;
      location / { proxy_set_header Host $host; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: {},
    shows: { backend: { headers: { 'x-forwarded-for': undefined, 'x-real-ip': undefined, forwarded: undefined } } },
  },
  {
    rule: 'missing-forwarded-proto',
    messageId: 'missing',
    config: `server {
      listen 443 ssl;
      ssl_certificate /etc/ssl/site.pem;
      ssl_certificate_key /etc/ssl/site.key;
      location / { proxy_set_header Host $host; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { tls: {} },
    shows: { backend: { headers: { host: 'example.com', 'x-forwarded-proto': undefined, forwarded: undefined } } },
  },
  {
    rule: 'missing-host-header',
    messageId: 'group',
    config: `upstream app { server 127.0.0.1:8080; }
    server { listen 80; location / { proxy_pass http://app; } }`,
    request: {},
    shows: { backend: { headers: { host: 'app' } } },
  },
  {
    rule: 'missing-host-header',
    messageId: 'address',
    config: 'server { listen 80; location / { proxy_pass http://127.0.0.1:8080; } }',
    request: {},
    shows: { backend: { headers: { host: '127.0.0.1:8080' } } },
  },
  {
    rule: 'missing-hsts',
    messageId: 'missing',
    config: `server {
      listen 443 ssl;
      ssl_certificate /etc/ssl/site.pem;
      ssl_certificate_key /etc/ssl/site.key;
      return 200 x;
    }`,
    request: { tls: {} },
    shows: { status: 200, headers: { 'strict-transport-security': undefined } },
  },
  {
    rule: 'missing-security-headers',
    messageId: 'missing',
    config: 'server { listen 80; root /srv/site; }',
    request: {},
    shows: { status: 200, headers: { 'content-security-policy': undefined, 'x-content-type-options': undefined } },
  },
  {
    rule: 'multiline-header',
    messageId: 'lineBreak',
    config: 'server { listen 80; add_header X-Lines "one\ntwo: 2"; return 200 x; }',
    request: {},
    shows: { headers: { 'x-lines': 'one\ntwo: 2' } },
    fixed: { shows: { headers: { 'x-lines': 'one two: 2' } } },
  },
  {
    rule: 'version-disclosure',
    messageId: 'told',
    config: 'server { listen 80; server_tokens on; return 404; }',
    request: {},
    shows: { headers: { server: /^nginx\/\d/ }, body: /nginx\/\d/ },
    fixed: { shows: { headers: { server: 'nginx' } } },
  },
  {
    rule: 'version-disclosure',
    messageId: 'unset',
    config: 'server { listen 80; return 404; }',
    request: {},
    shows: { headers: { server: /^nginx\/\d/ } },
  },
  {
    rule: 'weak-hsts',
    messageId: 'short',
    config: `server {
      listen 443 ssl;
      ssl_certificate /etc/ssl/site.pem;
      ssl_certificate_key /etc/ssl/site.key;
      add_header Strict-Transport-Security max-age=300 always;
      return 200 x;
    }`,
    request: { tls: {} },
    shows: { headers: { 'strict-transport-security': 'max-age=300' } },
  },
  {
    rule: 'cors-origin-invalid',
    messageId: 'list',
    config: `server {
      listen 80;
      add_header Access-Control-Allow-Origin "https://a.example.com, https://b.example.com";
      location / { proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { headers: { Origin: 'https://b.example.com' } },
    shows: { headers: { 'access-control-allow-origin': 'https://a.example.com, https://b.example.com' } },
    fixed: {
      config: `map $http_origin $cors { ~^https://(a|b)\\.example\\.com$ $http_origin; }
      server {
        listen 80;
        add_header Access-Control-Allow-Origin $cors always;
        location / { proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { headers: { 'access-control-allow-origin': 'https://b.example.com' } },
    },
  },
  {
    rule: 'duplicate-response-header',
    messageId: 'contradicts',
    config: `server {
      listen 80;
      location / { expires 12h; add_header Cache-Control no-cache; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: {},
    shows: { headers: { 'cache-control': 'max-age=43200, no-cache' } },
  },
  {
    rule: 'invalid-security-header',
    messageId: 'value',
    config: `server {
      listen 80;
      add_header X-Frame-Options "ALLOW-FROM https://a.example.org";
      location / { proxy_pass http://127.0.0.1:8080; }
    }`,
    request: {},
    shows: { headers: { 'x-frame-options': 'ALLOW-FROM https://a.example.org' } },
  },
  {
    rule: 'content-type-by-add-header',
    messageId: 'unsent',
    config: `server {
      listen 80;
      location / { default_type text/html; add_header Content-Type text/plain; return 502 "x"; }
    }`,
    request: {},
    shows: { status: 502, headers: { 'content-type': 'text/html' } },
    fixed: {
      config: 'server { listen 80; location / { default_type text/plain; return 502 "x"; } }',
      shows: { status: 502, headers: { 'content-type': 'text/plain' } },
    },
  },
  {
    rule: 'header-in-wrong-direction',
    messageId: 'toBackend',
    config: `server {
      listen 80;
      location / { proxy_set_header X-Frame-Options DENY; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: {},
    shows: { headers: { 'x-frame-options': undefined }, backend: { headers: { 'x-frame-options': 'DENY' } } },
    fixed: {
      config: 'server { listen 80; location / { add_header X-Frame-Options DENY; proxy_pass http://127.0.0.1:8080; } }',
      shows: { headers: { 'x-frame-options': 'DENY' }, backend: { headers: { 'x-frame-options': undefined } } },
    },
  },
];
