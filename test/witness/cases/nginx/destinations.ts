import type { WitnessCase } from '../../lib/case.ts';

const certificate = 'ssl_certificate /etc/ssl/site.pem; ssl_certificate_key /etc/ssl/site.key;';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'directive-of-other-handler',
    messageId: 'unread',
    config: 'server { listen 80; location / { grpc_set_header X-Told yes; proxy_pass http://127.0.0.1:8080; } }',
    request: {},
    shows: { status: 200, backend: { headers: { 'x-told': undefined } } },
    fixed: { shows: { backend: { headers: { 'x-told': 'yes' } } } },
  },
  {
    rule: 'plain-http-to-tls-port',
    messageId: 'plain',
    config: `server { listen 80; location / { proxy_pass http://127.0.0.1:9443; } }
    server { listen 9443 ssl; ${certificate} return 200 inner; }`,
    request: {},
    shows: { status: 400, body: /The plain HTTP request was sent to HTTPS port/ },
    fixed: {
      config: `server { listen 80; location / { proxy_pass https://127.0.0.1:9443; } }
      server { listen 9443 ssl; ${certificate} return 200 inner; }`,
      shows: { status: 200, body: 'inner' },
    },
  },
  {
    rule: 'plain-http-to-tls-port',
    messageId: 'encrypted',
    config: `server { listen 80; location / { proxy_pass https://127.0.0.1:9480; } }
    server { listen 9480; return 200 inner; }`,
    request: {},
    shows: { status: 502, files: { 'error.log': /SSL_do_handshake\(\) failed/ } },
  },
  {
    rule: 'conflicting-backend-scheme',
    messageId: 'conflict',
    // Whoever connects to the backend gets plain text.
    config: `load_module /usr/lib/nginx/modules/ngx_stream_module.so;
events {}
stream { server { listen 9481; return "HTTP/1.0 200 OK\\r\\n\\r\\nplain"; } }
http {
  server {
    listen 80;
    location /a { proxy_pass http://127.0.0.1:9481; }
    location /b { proxy_pass https://127.0.0.1:9481; }
  }
}`,
    request: { target: '/b' },
    shows: { status: 502, files: { 'error.log': /SSL_do_handshake\(\) failed/ } },
  },
  {
    rule: 'proxy-to-itself',
    messageId: 'loop',
    config: `events { worker_connections 64; }
http {
  server { listen 80; location / { proxy_pass http://127.0.0.1:80; } }
}`,
    request: {},
    shows: { files: { 'error.log': /64 worker_connections are not enough/ } },
  },
  {
    rule: 'port-lost',
    messageId: 'redirect',
    config: `server { listen 42443 ssl; ${certificate} location /a { return 301 $scheme://$host/b; } }`,
    request: { port: 42_443, target: '/a', tls: { servername: 'example.com' } },
    shows: { status: 301, headers: { location: 'https://example.com/b' } },
    fixed: { shows: { headers: { location: /^https:\/\/example\.com:\d+\/b$/ } } },
  },
  {
    rule: 'port-lost',
    messageId: 'header',
    config: `server {
      listen 42443 ssl;
      ${certificate}
      location / { proxy_set_header Host $host; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { port: 42_443, tls: { servername: 'example.com' }, headers: { Host: 'example.com:42443' } },
    shows: { backend: { headers: { host: 'example.com' } } },
    fixed: {
      config: `server {
        listen 42443 ssl;
        ${certificate}
        location / { proxy_set_header Host $http_host; proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { backend: { headers: { host: /^example\.com:\d+$/ } } },
    },
  },
  {
    rule: 'port-in-host',
    messageId: 'usual',
    config: `server {
      listen 80;
      location / { proxy_set_header Host $host:$server_port; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: {},
    shows: { backend: { headers: { host: /^example\.com:\d+$/ } } },
    fixed: { shows: { backend: { headers: { host: 'example.com' } } } },
  },
  {
    rule: 'redirect-to-localhost',
    messageId: 'local',
    config: `server {
      listen 80;
      location / { proxy_pass http://127.0.0.1:8090/; proxy_redirect http://127.0.0.1:8090 http://localhost; }
    }
    server { listen 8090; location / { return 302 http://127.0.0.1:8090/there; } }`,
    request: {},
    shows: { status: 302, headers: { location: 'http://localhost/there' } },
  },
  {
    rule: 'server-name-is-no-host',
    messageId: 'redirect',
    config: `server { listen 80 default_server; server_name _; return 301 https://$server_name$request_uri; }`,
    request: { target: '/there' },
    shows: { status: 301, headers: { location: 'https://_/there' } },
    fixed: { shows: { status: 301, headers: { location: 'https://example.com/there' } } },
  },
];
