import type { NginxCase } from '../../lib/nginx-case.ts';

export const cases: readonly NginxCase[] = [
  {
    rule: 'access-log-off-everywhere',
    messageId: 'off',
    config: `events {}
http {
  access_log off;
  server { listen 80; return 200 x; }
}`,
    request: { target: '/asked' },
    shows: { status: 200, files: { 'access.log': '' } },
    fixed: {
      config: `events {}
http {
  server { listen 80; return 200 x; }
}`,
      shows: { status: 200, files: { 'access.log': /"GET \/asked / } },
    },
  },
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
  {
    rule: 'error-log-off',
    messageId: 'off',
    config: 'server { listen 80; error_log off; root /srv/site; }',
    request: { target: '/no-such-file' },
    shows: { status: 404, files: { off: /no-such-file/ } },
  },
  {
    rule: 'gzip-with-secrets',
    messageId: 'compressed',
    config: `server {
      listen 443 ssl;
      ssl_certificate /etc/ssl/site.pem;
      ssl_certificate_key /etc/ssl/site.key;
      gzip on;
      gzip_types application/json;
      location / { proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { tls: {}, headers: { 'Accept-Encoding': 'gzip' } },
    shows: { headers: { 'content-encoding': 'gzip' } },
  },
  {
    rule: 'hash-bucket-size',
    messageId: 'tooLong',
    config: `events {}
http {
  server_names_hash_bucket_size 32;
  server { listen 80; server_name a-name-longer-than-thirty-two-bytes.example.com; }
  server { listen 80; server_name short.example.com; }
}`,
    shows: { tested: /could not build server_names_hash/ },
  },
  {
    rule: 'low-keepalive-requests',
    messageId: 'low',
    config: 'server { listen 80; keepalive_requests 1; root /srv/site; }',
    request: { headers: { Connection: 'keep-alive' } },
    shows: { headers: { connection: 'close' } },
    fixed: { config: 'server { listen 80; root /srv/site; }', shows: { headers: { connection: 'keep-alive' } } },
  },
  {
    rule: 'missing-body-limit',
    messageId: 'unlimited',
    config: 'server { listen 80; client_max_body_size 0; location / { fastcgi_pass 127.0.0.1:9000; } }',
    request: { method: 'POST', bodySize: 2_000_000, headers: { 'Content-Length': '2000000' } },
    shows: { status: 200 },
    fixed: {
      config: 'server { listen 80; location / { fastcgi_pass 127.0.0.1:9000; } }',
      shows: { status: 413 },
    },
  },
  {
    rule: 'missing-worker-processes',
    messageId: 'missing',
    config: `events {}
http {
  server { listen 80; return 200 x; }
}`,
    request: {},
    shows: {
      files: { 'error.log': /^(?:(?!start worker process ).)*start worker process (?:(?!start worker process ).)*$/s },
    },
    fixed: {
      config: `worker_processes 2;
events {}
http {
  server { listen 80; return 200 x; }
}`,
      shows: { files: { 'error.log': /start worker process .*start worker process /s } },
    },
  },
  {
    rule: 'worker-limits',
    messageId: 'files',
    config: `worker_rlimit_nofile 24;
events { worker_connections 512; }
http {
  server { listen 80; return 200 x; }
}`,
    request: { idle: 40, isStuck: true },
    shows: { files: { 'error.log': /Too many open files/ } },
  },
];
