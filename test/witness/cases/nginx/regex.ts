import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'if-is-evil',
    messageId: 'tryFiles',
    config: `server {
      listen 80;
      root /srv/site;
      location / {
        try_files $uri @backend;
        if ($arg_old) { add_header X-Old 1; }
      }
      location @backend { proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/no-such-file?old=1' },
    shows: { status: 404, backend: undefined },
  },
  {
    rule: 'if-is-evil',
    messageId: 'tryFiles',
    config: `server {
      listen 80;
      root /srv/site;
      location / {
        try_files $uri @other;
        if ($arg_debug) { set $debug 1; }
      }
      location @other { proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/no-such-file?debug=1' },
    shows: { status: 404, backend: undefined },
  },
  {
    rule: 'if-is-evil',
    messageId: 'lastWins',
    config: `server {
      listen 80;
      root /srv/site;
      location / {
        if ($arg_a) { add_header X-A 1; }
        if ($arg_b) { expires 1h; }
      }
    }`,
    request: { target: '/?a=1&b=1' },
    shows: { status: 200, headers: { 'x-a': undefined, 'cache-control': 'max-age=3600' } },
  },
  {
    rule: 'map-without-default',
    messageId: 'empty',
    config: `map $host $backend { a.example 127.0.0.1:8080; }
    server { listen 80; location / { proxy_pass http://$backend; } }`,
    request: { headers: { Host: 'b.example' } },
    shows: { status: 500, files: { 'error.log': /invalid URL prefix in "http:\/\/"/ } },
  },
  {
    rule: 'map-without-default',
    messageId: 'empty',
    config: `map $host $site { a.example /srv/site; }
    server { listen 80; root $site; }`,
    request: { target: '/nginx.conf', headers: { Host: 'b.example' } },
    shows: { status: 200, body: /^daemon off;/ },
  },
  {
    rule: 'missing-capture',
    messageId: 'own',
    config: 'server { listen 80; rewrite ^/shop/ http://example.com/store/$1; }',
    request: { target: '/shop/shoes' },
    shows: { status: 302, headers: { location: 'http://example.com/store/' } },
    fixed: {
      config: 'server { listen 80; rewrite ^/shop/(.*)$ http://example.com/store/$1; }',
      shows: { status: 302, headers: { location: 'http://example.com/store/shoes' } },
    },
  },
  {
    rule: 'missing-capture',
    messageId: 'nowhere',
    config: `server {
      listen 80;
      location ~ ^/media/(.+)$ {
        if ($http_user_agent ~ Old) { return 302 http://example.com/simple/$1; }
      }
    }`,
    request: { target: '/media/film', headers: { 'User-Agent': 'Old' } },
    shows: { status: 302, headers: { location: 'http://example.com/simple/' } },
  },
  {
    rule: 'mixed-case-variable',
    messageId: 'mixed',
    config: `server {
      listen 80;
      set $Target 127.0.0.1:8080;
      location / { proxy_pass http://$target; }
    }`,
    request: {},
    shows: { status: 200, backend: { uri: '/' } },
  },
  {
    rule: 'negated-rewrite-backreference',
    messageId: 'rule',
    config: `server {
      listen 80;
      if ($host !~ ^(www|app)\\.example\\.com$) { return 301 http://$1.example.com/; }
    }`,
    request: { headers: { Host: 'other.example.com' } },
    shows: { status: 301, headers: { location: 'http://.example.com/' } },
  },
  {
    rule: 'regex-redos',
    messageId: 'exponential',
    config: 'server { listen 80; location ~ ^/([a-z]+)*/x$ { return 204; } }',
    request: { target: `/${'a'.repeat(40)}!/x` },
    shows: { status: 500, files: { 'error.log': /pcre2?_(?:match|exec)\(\) failed: -(?:47|8) / } },
    fixed: { config: 'server { listen 80; location ~ ^/[a-z]*/x$ { return 204; } }', shows: { status: 404 } },
  },
  {
    rule: 'unanchored-regex',
    messageId: 'script',
    config: `server {
      listen 80;
      location ~ \\.php { fastcgi_param SCRIPT_NAME $fastcgi_script_name; fastcgi_pass 127.0.0.1:9000; }
    }`,
    request: { target: '/upload/picture.php.jpg' },
    shows: { backend: { params: { SCRIPT_NAME: '/upload/picture.php.jpg' } } },
    fixed: { shows: { status: 404 } },
  },
  {
    rule: 'unanchored-regex',
    messageId: 'extension',
    config: 'server { listen 80; root /srv/site; location ~ \\.(jpg|tx) { expires 30d; } }',
    request: { target: '/file.txt' },
    shows: { status: 200, headers: { 'cache-control': 'max-age=2592000' } },
    fixed: { shows: { status: 200, headers: { 'cache-control': undefined } } },
  },
  {
    rule: 'unescaped-dot',
    messageId: 'dot',
    config: `server { listen 80 default_server; return 404; }
    server { listen 80; server_name ~^www\\d.example.com$; return 200 x; }`,
    request: { headers: { Host: 'www1-example.com' } },
    shows: { status: 200 },
    fixed: { shows: { status: 404 } },
  },
];
