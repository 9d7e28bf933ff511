import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'misplaced-quotes',
    messageId: 'within',
    config: 'server { listen 80; location / { proxy_pass http://127.0.0.1:8080/"x"; } }',
    request: {},
    shows: { backend: { uri: '/"x"' } },
    fixed: { shows: { backend: { uri: '/x' } } },
  },
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
    rule: 'default-body-limit',
    messageId: 'unset',
    config: 'server { listen 80; location / { fastcgi_pass 127.0.0.1:9000; } }',
    request: { method: 'POST', bodySize: 2_000_000, headers: { 'Content-Length': '2000000' } },
    shows: { status: 413 },
    fixed: {
      config: 'server { listen 80; client_max_body_size 4m; location / { fastcgi_pass 127.0.0.1:9000; } }',
      shows: { status: 200 },
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
    shows: { refused: /could not build server_names_hash/ },
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
    rule: 'missing-compression',
    messageId: 'unset',
    config: 'server { listen 80; location / { proxy_pass http://127.0.0.1:8080; } }',
    request: { headers: { 'Accept-Encoding': 'gzip' } },
    shows: { status: 200, headers: { 'content-encoding': undefined } },
    fixed: {
      config: `server {
        listen 80;
        gzip on;
        gzip_types application/json;
        location / { proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { status: 200, headers: { 'content-encoding': 'gzip' } },
    },
  },
  {
    rule: 'missing-rate-limit',
    messageId: 'unlimited',
    config: 'server { listen 80; location /login { proxy_pass http://127.0.0.1:8080; } }',
    before: { target: '/login' },
    request: { target: '/login' },
    shows: { status: 200, backend: { uri: '/login' } },
    fixed: {
      config: `limit_req_zone $binary_remote_addr zone=logins:1m rate=1r/m;
      server { listen 80; location /login { limit_req zone=logins; proxy_pass http://127.0.0.1:8080; } }`,
      shows: { status: 503 },
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
    rule: 'startup-warning',
    messageId: 'bits',
    config: 'server { listen 80; root /srv/site; allow 127.9.9.9/8; deny all; }',
    request: {},
    shows: { status: 200, files: { stderr: /low address bits of 127\.9\.9\.9\/8 are meaningless/ } },
  },
  {
    rule: 'startup-warning',
    messageId: 'extension',
    config: 'server { listen 80; root /srv/site; types { text/css txt; text/plain txt; } }',
    request: { target: '/file.txt' },
    shows: { headers: { 'content-type': 'text/plain' } },
  },
  {
    rule: 'startup-warning',
    messageId: 'network',
    config: `geo $office { 127.0.0.0/8 first; 127.0.0.0/8 second; }
    server { listen 80; return 200 $office; }`,
    request: {},
    shows: { body: 'second' },
  },
  {
    rule: 'startup-warning',
    messageId: 'balancing',
    config: `upstream replaced { hash one; random; server 127.0.0.1:8080; }
    server { listen 80; location / { proxy_pass http://replaced; } }`,
    request: {},
    shows: { status: 200, files: { stderr: /load balancing method redefined/ } },
  },
  {
    rule: 'startup-warning',
    messageId: 'keepalive',
    until: '1.29.7',
    config: `upstream early { server 127.0.0.1:8089; keepalive 4; least_conn; }
    log_format early $connection_requests;
    server {
      listen 80;
      location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://early; }
    }
    server { listen 8089; access_log early.log early; return 200 x; }`,
    before: {},
    request: {},
    shows: { files: { 'early.log': '1\n1\n' } },
    fixed: {
      config: `upstream late { server 127.0.0.1:8089; least_conn; keepalive 4; }
      log_format late $connection_requests;
      server {
        listen 80;
        location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://late; }
      }
      server { listen 8089; access_log late.log late; return 200 x; }`,
      shows: { files: { 'late.log': '1\n2\n' } },
    },
  },
  {
    rule: 'startup-warning',
    messageId: 'index',
    config: 'server { listen 80; root /srv/site; index /no-such-file index.html; }',
    request: {},
    shows: { status: 404 },
    fixed: {
      config: 'server { listen 80; root /srv/site; index index.html /no-such-file; }',
      shows: { status: 200, body: 'index' },
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
  {
    rule: 'misplaced-quotes',
    messageId: 'within',
    config: 'server { listen 80; root /srv/"quoted"; }',
    request: { target: '/page' },
    shows: { status: 404, files: { 'error.log': /\/srv\/"quoted"\/page/ } },
    fixed: { shows: { status: 404, files: { 'error.log': /\/srv\/quoted\/page/ } } },
  },
  {
    rule: 'typographic-quote',
    messageId: 'letters',
    config: 'server { listen 80; set $mode “a”; if ($mode = a) { return 200 plain; } return 200 quoted; }',
    shows: { body: 'quoted' },
    fixed: { shows: { body: 'plain' } },
  },
];
