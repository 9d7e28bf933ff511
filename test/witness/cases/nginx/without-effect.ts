import type { WitnessCase } from '../../lib/case.ts';

/** A second server as the backend, itself a proxy. */
const chain = (
  front: string,
): string => `server { listen 80; location / { ${front} proxy_pass http://127.0.0.1:8088; } }
server { listen 8088; location / { proxy_pass http://127.0.0.1:8080; } }`;

export const cases: readonly WitnessCase[] = [
  {
    rule: 'real-ip-without-source',
    messageId: 'noSource',
    config: `server {
      listen 80;
      real_ip_header X-Real-IP;
      location / { proxy_set_header X-Seen $remote_addr; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { headers: { 'X-Real-IP': '192.0.2.1' } },
    shows: { backend: { headers: { 'x-seen': '127.0.0.1' } } },
    fixed: {
      config: `server {
        listen 80;
        real_ip_header X-Real-IP;
        set_real_ip_from 127.0.0.1;
        location / { proxy_set_header X-Seen $remote_addr; proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { backend: { headers: { 'x-seen': '192.0.2.1' } } },
    },
  },
  {
    rule: 'overwritten-forwarded-proto',
    messageId: 'behindProxy',
    config: `server {
      listen 80;
      set_real_ip_from 127.0.0.1;
      real_ip_header X-Forwarded-For;
      location / { proxy_set_header X-Forwarded-Proto $scheme; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { headers: { 'X-Forwarded-Proto': 'https' } },
    shows: { backend: { headers: { 'x-forwarded-proto': 'http' } } },
    fixed: {
      config: `map $http_x_forwarded_proto $told_scheme { default $scheme; https https; }
      server {
        listen 80;
        set_real_ip_from 127.0.0.1;
        real_ip_header X-Forwarded-For;
        location / { proxy_set_header X-Forwarded-Proto $told_scheme; proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { backend: { headers: { 'x-forwarded-proto': 'https' } } },
    },
  },
  {
    rule: 'resolver-without-variable',
    messageId: 'notAsked',
    config:
      'events {}\nhttp { server { listen 80; resolver 127.0.0.11; location / { proxy_pass http://app.invalid:8080; } } }',
    shows: { refused: /host not found in upstream "app\.invalid/ },
    fixed: {
      config:
        'events {}\nhttp { server { listen 80; resolver 127.0.0.11; location / { set $app app.invalid:8080; proxy_pass http://$app; } } }',
      shows: { files: { 'error.log': /start worker process/ } },
    },
  },
  {
    rule: 'misspelt-header',
    messageId: 'underscores',
    config: chain('proxy_set_header X_Forwarded_Proto https;'),
    request: {},
    shows: { backend: { headers: { x_forwarded_proto: undefined, 'x-forwarded-proto': undefined } } },
    fixed: { shows: { backend: { headers: { 'x-forwarded-proto': 'https' } } } },
  },
  {
    rule: 'misspelt-header',
    messageId: 'slip',
    config: chain('proxy_set_header X-Forwarded-Prote https;'),
    request: {},
    shows: { backend: { headers: { 'x-forwarded-proto': undefined } } },
    fixed: { shows: { backend: { headers: { 'x-forwarded-proto': 'https' } } } },
  },
  {
    rule: 'listen-takes-word-for-host',
    messageId: 'host',
    config: 'events {}\nhttp { server { listen 80; listen ssl; } }',
    shows: { refused: /host not found in "ssl"/ },
  },
  {
    rule: 'typographic-quote',
    messageId: 'letters',
    config: `server {
      listen 80;
      set $state “off”;
      location / { if ($state = off) { return 204; } proxy_pass http://127.0.0.1:8080; }
    }`,
    request: {},
    shows: { status: 200 },
    fixed: { shows: { status: 204 } },
  },
  {
    rule: 'access-log-off-beside-others',
    messageId: 'silenced',
    config: `server {
      listen 80;
      access_log beside.log;
      access_log off;
      location / { return 204; }
    }`,
    request: {},
    shows: { status: 204, files: { 'beside.log': '' } },
    fixed: {
      config: 'server { listen 80; access_log alone.log; location / { return 204; } }',
      shows: { status: 204, files: { 'alone.log': /204/ } },
    },
  },
  {
    rule: 'cache-without-buffering',
    messageId: 'unbuffered',
    config: `proxy_cache_path unbuffered keys_zone=unbuffered:1m;
    server {
      listen 80;
      proxy_cache unbuffered;
      proxy_cache_valid 200 1m;
      proxy_buffering off;
      add_header X-Cache $upstream_cache_status;
      location / { proxy_pass http://127.0.0.1:8080; }
    }`,
    before: {},
    request: {},
    shows: { headers: { 'x-cache': 'MISS' } },
    fixed: {
      config: `proxy_cache_path buffered keys_zone=buffered:1m;
      server {
        listen 80;
        proxy_cache buffered;
        proxy_cache_valid 200 1m;
        add_header X-Cache $upstream_cache_status;
        location / { proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { headers: { 'x-cache': 'HIT' } },
    },
  },
  {
    rule: 'sub-filter-on-compressed',
    messageId: 'compressed',
    config: `server { listen 80; location / { sub_filter a b; proxy_pass http://127.0.0.1:8080; } }`,
    request: { headers: { 'Accept-Encoding': 'gzip' } },
    shows: { backend: { headers: { 'accept-encoding': 'gzip' } } },
    fixed: {
      config: `server {
        listen 80;
        location / { sub_filter a b; proxy_set_header Accept-Encoding ""; proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { backend: { headers: { 'accept-encoding': undefined } } },
    },
  },
  {
    rule: 'upstream-without-tls-port',
    messageId: 'plainPort',
    config: `upstream portless { server 127.0.0.1; }
    server { listen 80; location / { proxy_pass https://portless; } }`,
    request: {},
    shows: { status: 502, files: { 'error.log': /upstream: "https:\/\/127\.0\.0\.1:80\// } },
  },
  {
    rule: 'unreached-server',
    messageId: 'unreached',
    config: `server { listen 80; server_name a.example; return 200 first; }
    server { listen 80; server_name _; return 204; }`,
    request: { headers: { Host: 'unknown.example' } },
    shows: { status: 200, body: 'first' },
    fixed: {
      config: `server { listen 80; server_name a.example; return 200 first; }
      server { listen 80 default_server; server_name _; return 204; }`,
      shows: { status: 204 },
    },
  },
  {
    rule: 'unreached-server',
    messageId: 'empty',
    config: `server { listen 80; return 200 first; }
    server { listen 80; return 204; }`,
    request: { headers: { Host: 'unknown.example' } },
    shows: { status: 200, body: 'first' },
  },
  {
    rule: 'upgrade-over-http2-backend',
    messageId: 'forbidden',
    since: '1.29.4',
    config: `events {}
http {
      server { listen 80; location / { proxy_http_version 2; proxy_set_header Connection upgrade; proxy_pass http://127.0.0.1:8088; } }
      server { listen 8088; http2 on; location / { return 204; } }
    }`,
    request: {},
    shows: { status: 400 },
    fixed: {
      config: `events {}
http {
        server { listen 80; location / { proxy_http_version 2; proxy_pass http://127.0.0.1:8088; } }
        server { listen 8088; http2 on; location / { return 204; } }
      }`,
      shows: { status: 204 },
    },
  },
  {
    rule: 'stream-names-unread',
    messageId: 'unread',
    since: '1.25.5',
    config: `events {}
stream {
      server { listen 8444; server_name a.example; proxy_pass 127.0.0.1:8443; }
      server { listen 8444; server_name b.example; ssl_preread on; proxy_pass 127.0.0.1:1; }
    }
http { server { listen 80; } }`,
    request: { port: 8444, tls: { servername: 'b.example' } },
    shows: { status: 200 },
    fixed: {
      config: `events {}
stream {
      ssl_preread on;
      server { listen 8444; server_name a.example; proxy_pass 127.0.0.1:1; }
      server { listen 8444; server_name b.example; proxy_pass 127.0.0.1:8443; }
    }
http { server { listen 80; } }`,
      shows: { status: 200 },
    },
  },
];
