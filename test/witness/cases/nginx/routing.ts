import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'duplicate-server-name',
    messageId: 'duplicate',
    config: `server { listen 80; server_name example.com; return 200 first; }
    server { listen 80; server_name example.com; return 200 second; }`,
    request: {},
    shows: { body: 'first' },
  },
  {
    rule: 'unknown-named-location',
    messageId: 'missing',
    config: 'server { listen 80; root /srv/site; location / { try_files $uri @nowhere; } }',
    request: { target: '/not-there' },
    shows: { status: 500 },
  },
  {
    rule: 'missing-default-server',
    messageId: 'missing',
    config: `server { listen 80; server_name first.example; location / { return 200 first; } }
    server { listen 80; server_name second.example; location / { return 200 second; } }`,
    request: { headers: { Host: 'unknown.example' } },
    shows: { body: 'first' },
  },
  {
    rule: 'pattern-in-plain-location',
    messageId: 'plain',
    config: `server {
      listen 80;
      location /files/.*\\.txt$ { return 200 file; }
      location / { return 404; }
    }`,
    request: { target: '/files/a.txt' },
    shows: { status: 404 },
    fixed: { shows: { status: 200, body: 'file' } },
  },
  {
    rule: 'redirect-loop',
    messageId: 'loops',
    config: `server {
      listen 80;
      server_name loop.example;
      location /shop { rewrite ^ http://loop.example/shop/start redirect; }
    }`,
    request: { target: '/shop/start', headers: { Host: 'loop.example' } },
    shows: { status: 302, headers: { location: 'http://loop.example/shop/start' } },
  },
  {
    rule: 'rewrite-loop',
    messageId: 'loops',
    config: 'server { listen 80; location /files/ { rewrite ^/files/(.*)$ /files/data/$1 last; } }',
    request: { target: '/files/' },
    shows: { status: 500 },
  },
  {
    rule: 'rewrite-without-flag',
    messageId: 'open',
    config: `server {
      listen 80;
      rewrite ^/shop/(.*)$ /goods/$1;
      rewrite ^/goods/(.*)$ /archive/$1 last;
      location / { return 200 $uri; }
    }`,
    request: { target: '/shop/hat' },
    shows: { body: '/archive/hat' },
    fixed: {
      config: `server {
        listen 80;
        rewrite ^/shop/(.*)$ /goods/$1 last;
        rewrite ^/goods/(.*)$ /archive/$1 last;
        location / { return 200 $uri; }
      }`,
      shows: { body: '/goods/hat' },
    },
  },
  {
    rule: 'shadowed-server-name',
    messageId: 'ignored',
    config: `server { listen 80; server_name .wide.example; return 200 first; }
    server { listen 80; server_name wide.example; return 200 second; }`,
    request: { headers: { Host: 'wide.example' } },
    shows: { body: 'first' },
  },
  {
    rule: 'shadowed-server-name',
    messageId: 'ignoredWithin',
    config: `server { listen 80; server_name first.example; return 200 first; }
    server { listen 80; server_name within.example .within.example; return 200 second; }`,
    request: { headers: { Host: 'x.within.example' } },
    shows: { body: 'first' },
  },
  {
    rule: 'skipped-regex',
    messageId: 'skipped',
    config: `server {
      listen 80;
      root /srv/site;
      location ^~ /docs/ { }
      location ~ \\.txt$ { add_header Cache-Control max-age=60; }
    }`,
    request: { target: '/docs/a.txt' },
    shows: { status: 200, headers: { 'cache-control': undefined } },
    fixed: {
      config: `server {
        listen 80;
        root /srv/site;
        location /docs/ { }
        location ~ \\.txt$ { add_header Cache-Control max-age=60; }
      }`,
      shows: { status: 200, headers: { 'cache-control': 'max-age=60' } },
    },
  },
  {
    rule: 'unreachable-location',
    messageId: 'covered',
    config: `server {
      listen 80;
      location ~ \\.txt$ { return 200 first; }
      location ~ ^/b/.+\\.txt$ { return 200 second; }
    }`,
    request: { target: '/b/x.txt' },
    shows: { body: 'first' },
  },
  {
    rule: 'unreachable-location',
    messageId: 'covered',
    config: `server {
      listen 80;
      location /img/ { return 200 prefix; }
      location ~ ^/(?:img|css)/ { return 200 regex; }
    }`,
    request: { target: '/img/' },
    shows: { body: 'regex' },
  },
  {
    rule: 'unreachable-location',
    messageId: 'preempted',
    config: 'server { listen 80; return 200 all; location /.well-known/ { return 200 inner; } }',
    request: { target: '/.well-known/' },
    shows: { body: 'all' },
  },
  {
    rule: 'rewrite-leaves-location',
    messageId: 'leaves',
    config: `server {
      listen 80;
      root /srv/site;
      location /api/ { rewrite ^/api/(.*)$ /$1 last; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/api/file.txt' },
    shows: { status: 200, body: 'a file' },
    fixed: { shows: { backend: { uri: '/file.txt' } } },
  },
  {
    rule: 'error-page-from-failed-backend',
    messageId: 'same',
    config: `server {
      listen 80;
      root /srv/site;
      error_page 502 /file.txt;
      location / { proxy_pass http://127.0.0.1:1; }
    }`,
    request: { target: '/app' },
    shows: { status: 502, body: /<center>nginx/ },
    fixed: {
      config: `server {
        listen 80;
        root /srv/site;
        error_page 502 /file.txt;
        location = /file.txt { internal; }
        location / { proxy_pass http://127.0.0.1:1; }
      }`,
      shows: { status: 502, body: 'a file' },
    },
  },
  {
    rule: 'arguments-twice',
    messageId: 'twice',
    config: 'server { listen 80; rewrite ^ https://www.example.com$request_uri permanent; }',
    request: { target: '/x?a=1' },
    shows: { status: 301, headers: { location: 'https://www.example.com/x?a=1?a=1' } },
    fixed: {
      config: 'server { listen 80; rewrite ^ https://www.example.com$request_uri? permanent; }',
      shows: { status: 301, headers: { location: 'https://www.example.com/x?a=1' } },
    },
  },
  {
    rule: 'arguments-twice',
    messageId: 'behind',
    config: 'server { listen 80; return 301 https://www.example.com$request_uri/; }',
    request: { target: '/x?a=1' },
    shows: { status: 301, headers: { location: 'https://www.example.com/x?a=1/' } },
  },
  {
    rule: 'doubled-slash',
    messageId: 'doubled',
    config: 'server { listen 80; location / { proxy_pass http://127.0.0.1:8080/$uri; } }',
    request: { target: '/x' },
    shows: { backend: { uri: '//x' } },
    fixed: {
      config: 'server { listen 80; location / { proxy_pass http://127.0.0.1:8080$uri$is_args$args; } }',
      shows: { backend: { uri: '/x' } },
    },
  },
  {
    rule: 'try-files-drops-arguments',
    messageId: 'dropped',
    config: `server {
      listen 80;
      location / { try_files $uri /index.php; }
      location = /index.php { return 200 "[$args]"; }
    }`,
    request: { target: '/x?a=1' },
    shows: { status: 200, body: '[]' },
    fixed: { shows: { status: 200, body: '[a=1]' } },
  },
];
