import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'body-size-mismatch',
    messageId: 'smaller',
    config: `server {
      listen 80;
      location / { fastcgi_param PHP_VALUE "upload_max_filesize=64M"; fastcgi_pass 127.0.0.1:9000; }
    }`,
    request: { method: 'POST', bodySize: 2_000_000, headers: { 'Content-Length': '2000000' } },
    shows: { status: 413 },
    fixed: {
      config: `server {
        listen 80;
        client_max_body_size 64M;
        location / { fastcgi_param PHP_VALUE "upload_max_filesize=64M"; fastcgi_pass 127.0.0.1:9000; }
      }`,
      shows: { status: 200 },
    },
  },
  {
    rule: 'proxy-pass-uri-replaced',
    messageId: 'replaced',
    config: `server {
      listen 80;
      location /app/ { rewrite ^/app/(.*)$ /$1 break; proxy_pass http://127.0.0.1:8080/base/; }
    }`,
    request: { target: '/app/x' },
    shows: { backend: { uri: '/x' } },
    fixed: {
      config: `server {
        listen 80;
        location /app/ { rewrite ^/app/(.*)$ /base/$1 break; proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { backend: { uri: '/base/x' } },
    },
  },
  {
    rule: 'ip-hash',
    messageId: 'networks',
    config: `upstream networks { ip_hash; server 127.0.0.1:8080; server 127.0.0.1:8081; }
    log_format chosen $upstream_addr;
    server {
      listen 80;
      access_log chosen.log chosen;
      set_real_ip_from 127.0.0.1;
      location / { proxy_pass http://networks; }
    }`,
    before: { headers: { 'X-Real-IP': '192.0.2.1' } },
    request: { headers: { 'X-Real-IP': '192.0.2.2' } },
    shows: { files: { 'chosen.log': /^(\S+)\n\1\n$/ } },
    fixed: {
      config: `upstream addresses { hash $binary_remote_addr; server 127.0.0.1:8080; server 127.0.0.1:8081; }
      log_format chosen $upstream_addr;
      server {
        listen 80;
        access_log chosen.log chosen;
        set_real_ip_from 127.0.0.1;
        location / { proxy_pass http://addresses; }
      }`,
      shows: { files: { 'chosen.log': /^(\S+)\n(?!\1)\S+\n$/ } },
    },
  },
  {
    rule: 'missing-resolver',
    messageId: 'missing',
    config: 'server { listen 80; location / { set $backend localhost; proxy_pass http://$backend:8080; } }',
    request: {},
    shows: { status: 502, files: { 'error.log': /no resolver defined to resolve localhost/ } },
  },
  {
    rule: 'proxy-buffering',
    messageId: 'off',
    config: `log_format sent $body_bytes_sent;
    server {
      listen 80;
      proxy_buffering off;
      location / { proxy_pass http://127.0.0.1:8088; }
    }
    server { listen 8088; access_log backend.log sent; root /srv; }`,
    request: { target: '/big', isStuck: true },
    shows: { files: { 'backend.log': /^(?!67108864)\d+$/m } },
  },
  {
    rule: 'proxy-keepalive',
    messageId: 'version',
    until: '1.29.7',
    config: `upstream old { server 127.0.0.1:8080; keepalive 16; }
    server { listen 80; location / { proxy_set_header Connection ""; proxy_pass http://old; } }`,
    request: {},
    shows: { backend: { version: '1.0' } },
  },
  {
    rule: 'proxy-keepalive',
    messageId: 'connection',
    until: '1.29.7',
    config: `upstream app { server 127.0.0.1:8080; keepalive 16; }
    server { listen 80; location / { proxy_http_version 1.1; proxy_pass http://app; } }`,
    request: {},
    shows: { backend: { version: '1.1', headers: { connection: 'close' } } },
    fixed: {
      config: `upstream app { server 127.0.0.1:8080; keepalive 16; }
      server {
        listen 80;
        location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://app; }
      }`,
      shows: { backend: { version: '1.1', headers: { connection: undefined } } },
    },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'glued',
    config: 'server { listen 80; location /a/ { proxy_pass http://127.0.0.1:8080/c; } }',
    request: { target: '/a/x' },
    shows: { backend: { uri: '/cx' } },
    fixed: { shows: { backend: { uri: '/c/x' } } },
  },
  {
    rule: 'proxy-pass-path-mismatch',
    messageId: 'doubled',
    config: 'server { listen 80; location /a { proxy_pass http://127.0.0.1:8080/; } }',
    request: { target: '/a/x' },
    shows: { backend: { uri: '//x' } },
  },
  {
    rule: 'proxy-protocol-mismatch',
    messageId: 'unsent',
    config: `server { listen 80; location / { proxy_pass http://127.0.0.1:8088; } }
    server { listen 127.0.0.1:8088 proxy_protocol; return 200 x; }`,
    request: {},
    shows: { status: 502, files: { 'error.log': /broken header: "GET \/ HTTP\/1\./ } },
  },
  {
    rule: 'proxy-protocol-mismatch',
    messageId: 'unsent',
    config: `load_module /usr/lib/nginx/modules/ngx_stream_module.so;
events {}
stream { server { listen 80; proxy_pass 127.0.0.1:8088; } }
http {
  server { listen 127.0.0.1:8088 proxy_protocol; return 200 x; }
}`,
    request: {},
    shows: { status: undefined },
    // Flags are flags in any case.
    fixed: {
      config: `load_module /usr/lib/nginx/modules/ngx_stream_module.so;
events {}
stream { server { listen 80; proxy_protocol ON; proxy_pass 127.0.0.1:8088; } }
http {
  server { listen 127.0.0.1:8088 proxy_protocol; return 200 x; }
}`,
      shows: { status: 200, body: 'x' },
    },
  },
  {
    rule: 'resolver-external',
    messageId: 'external',
    config: `server {
      listen 80;
      resolver 9.9.9.9;
      set $backend secret.internal;
      location / { proxy_pass http://$backend; }
    }`,
    request: {},
    // The stranger was asked about the inner name.
    shows: { status: 502, files: { 'error.log': /secret\.internal could not be resolved \(3: Host not found\)/ } },
  },
  {
    rule: 'stale-dns',
    messageId: 'perhaps',
    options: { hosts: 'all' },
    // The name server has forgotten the name since nginx started.
    config: 'server { listen 80; resolver 127.0.0.1:5353; location / { proxy_pass http://app.internal:8080; } }',
    request: {},
    shows: { status: 200, backend: { uri: '/' } },
    fixed: {
      config: `server {
        listen 80;
        resolver 127.0.0.1:5353;
        set $backend app.internal:8080;
        location / { proxy_pass http://$backend; }
      }`,
      shows: { status: 502, files: { 'error.log': /localhost could not be resolved \(3: Host not found\)/ } },
    },
  },
  {
    rule: 'try-files-with-proxy',
    messageId: 'together',
    config: `server {
      listen 80;
      root /srv/site;
      location /docs/ { try_files $uri =404; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/docs/no-such-file' },
    shows: { status: 404, backend: undefined },
  },
  {
    rule: 'try-files-with-proxy',
    messageId: 'together',
    config: `server {
      listen 80;
      root /srv/site;
      location / { try_files $uri =404; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/file.txt' },
    shows: { backend: { uri: '/file.txt' } },
  },
  {
    rule: 'try-files-without-proxy-fallback',
    messageId: 'ends',
    config: `server {
      listen 80;
      root /srv/site;
      location / { try_files $uri =404; }
      location @backend { proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/no-such-file' },
    shows: { status: 404 },
    fixed: { shows: { backend: { uri: '/no-such-file' } } },
  },
  {
    rule: 'upstream-without-keepalive',
    messageId: 'unkept',
    until: '1.29.7',
    config: `upstream unkept { server 127.0.0.1:8089; }
    log_format reuse $connection_requests;
    server {
      listen 80;
      location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://unkept; }
    }
    server { listen 8089; access_log reuse.log reuse; return 200 x; }`,
    before: {},
    request: {},
    shows: { files: { 'reuse.log': '1\n1\n' } },
    fixed: { shows: { files: { 'reuse.log': '1\n2\n' } } },
  },
  {
    rule: 'grpc-without-http2',
    messageId: 'without',
    config: `server {
      listen 443 ssl;
      ssl_certificate /etc/ssl/site.pem;
      ssl_certificate_key /etc/ssl/site.key;
      location / { grpc_pass grpc://127.0.0.1:8080; }
    }`,
    request: { tls: {}, http2: true },
    shows: { error: /./ },
  },
];
