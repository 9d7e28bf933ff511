import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'cache-key-incomplete',
    messageId: 'path',
    config: `proxy_cache_path cache-path keys_zone=path:1m;
    server {
      listen 80;
      proxy_cache path;
      proxy_cache_key $scheme$host;
      proxy_cache_valid 1m;
      location / { proxy_pass http://127.0.0.1:8080; }
    }`,
    before: { target: '/one' },
    request: { target: '/two' },
    shows: { backend: { uri: '/one' } },
    fixed: {
      config: `proxy_cache_path cache-path keys_zone=path:1m;
      server {
        listen 80;
        proxy_cache path;
        proxy_cache_key $scheme$host$request_uri;
        proxy_cache_valid 1m;
        location / { proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { backend: { uri: '/two' } },
    },
  },
  {
    rule: 'cache-key-incomplete',
    messageId: 'host',
    config: `proxy_cache_path cache-host keys_zone=host:1m;
    server {
      listen 80;
      server_name a.example b.example;
      proxy_cache host;
      proxy_cache_key $scheme$request_uri;
      proxy_cache_valid 1m;
      location / { proxy_set_header Host $host; proxy_pass http://127.0.0.1:8080; }
    }`,
    before: { headers: { Host: 'a.example' } },
    request: { headers: { Host: 'b.example' } },
    shows: { backend: { headers: { host: 'a.example' } } },
  },
  {
    rule: 'cache-key-incomplete',
    messageId: 'method',
    config: `fastcgi_cache_path cache-method keys_zone=method:1m;
    server {
      listen 80;
      fastcgi_cache method;
      fastcgi_cache_key $scheme$host$request_uri;
      fastcgi_cache_valid 1m;
      fastcgi_param REQUEST_METHOD $request_method;
      location / { fastcgi_pass 127.0.0.1:9000; }
    }`,
    before: { method: 'HEAD' },
    request: {},
    shows: { status: 200, body: '' },
  },
  {
    rule: 'cache-private-content',
    messageId: 'cookie',
    config: `proxy_cache_path cache-cookie keys_zone=cookie:1m;
    server {
      listen 80;
      proxy_cache cookie;
      proxy_cache_valid 1m;
      proxy_ignore_headers Set-Cookie;
      location / { proxy_pass http://127.0.0.1:8088; }
    }
    server { listen 8088; add_header Set-Cookie user=$http_x_user; return 200 x; }`,
    before: { headers: { 'X-User': 'anna' } },
    request: { headers: { 'X-User': 'ben' } },
    shows: { headers: { 'set-cookie': 'user=anna' } },
    fixed: {
      config: `proxy_cache_path cache-cookie keys_zone=cookie:1m;
      server {
        listen 80;
        proxy_cache cookie;
        proxy_cache_valid 1m;
        location / { proxy_pass http://127.0.0.1:8088; }
      }
      server { listen 8088; add_header Set-Cookie user=$http_x_user; return 200 x; }`,
      shows: { headers: { 'set-cookie': 'user=ben' } },
    },
  },
];
