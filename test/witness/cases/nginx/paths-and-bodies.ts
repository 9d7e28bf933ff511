import type { WitnessCase, Request } from '../../lib/case.ts';

const twoMegabytes: Request = { method: 'POST', bodySize: 2_000_000, headers: { 'Content-Length': '2000000' } };

/** The service that is asked, as a server of the same config, writes down the length that it was told. */
const asking = (name: string, settings: string): string => `log_format ${name} $content_length;
server {
  listen 80;
  location / { auth_request /auth; proxy_pass http://127.0.0.1:8080; }
  location = /auth { internal; proxy_pass http://127.0.0.1:8088; ${settings} }
}
server { listen 8088; access_log ${name}.log ${name}; return 204; }`;

/** The backend agrees to upgrades to HTTP/2. */
const upgrading = (types: string): string => `server {
  listen 80;
  ssi on;
  ssi_types ${types};
  location / {
    proxy_http_version 1.1;
    proxy_set_header Connection $http_connection;
    proxy_set_header Upgrade $http_upgrade;
    proxy_pass http://127.0.0.1:8082;
  }
}`;

export const cases: readonly WitnessCase[] = [
  {
    rule: 'proxy-pass-variable-loses-uri',
    messageId: 'path',
    config: 'server { listen 80; set $app 127.0.0.1:8080; location /socket { proxy_pass http://$app/socket/; } }',
    request: { target: '/socket/abc?token=1' },
    shows: { status: 200, backend: { uri: '/socket/' } },
    fixed: {
      config: 'server { listen 80; set $app 127.0.0.1:8080; location /socket { proxy_pass http://$app; } }',
      shows: { backend: { uri: '/socket/abc?token=1' } },
    },
  },
  {
    rule: 'proxy-pass-variable-loses-uri',
    messageId: 'arguments',
    config: 'server { listen 80; location ~ ^/form/(.*) { proxy_pass http://127.0.0.1:8080/$1; } }',
    request: { target: '/form/a?v=3' },
    shows: { backend: { uri: '/a' } },
    fixed: {
      config: 'server { listen 80; location ~ ^/form/(.*) { proxy_pass http://127.0.0.1:8080/$1$is_args$args; } }',
      shows: { backend: { uri: '/a?v=3' } },
    },
  },
  {
    rule: 'body-limit-in-inner-location',
    messageId: 'named',
    config: `server {
      listen 80;
      root /srv/site;
      location / { try_files $uri @app; }
      location @app { client_max_body_size 4m; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { ...twoMegabytes, target: '/upload' },
    shows: { status: 413 },
    fixed: {
      config: `server {
        listen 80;
        root /srv/site;
        client_max_body_size 4m;
        location / { try_files $uri @app; }
        location @app { proxy_pass http://127.0.0.1:8090; }
      }
      server { listen 8090; client_max_body_size 4m; location / { return 204; } }`,
      shows: { status: 204 },
    },
  },
  {
    rule: 'body-limit-in-inner-location',
    messageId: 'internal',
    config: `server {
      listen 80;
      location / { rewrite ^ /app/upload last; }
      location /app/ { client_max_body_size 4m; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { ...twoMegabytes, target: '/upload' },
    shows: { status: 413 },
  },
  {
    rule: 'auth-request-with-body',
    messageId: 'announced',
    config: asking('announced', 'proxy_pass_request_body off;'),
    request: { method: 'POST', bodySize: 1000, headers: { 'Content-Length': '1000' } },
    shows: { files: { 'announced.log': /^1000$/m } },
    fixed: {
      config: asking('silent', 'proxy_pass_request_body off; proxy_set_header Content-Length "";'),
      shows: { status: 200, files: { 'silent.log': /^-$/m } },
    },
  },
  {
    rule: 'rewrite-misses-location-path',
    messageId: 'never',
    config: 'server { listen 80; location /app/ { rewrite ^/ap/(.*) /$1 break; proxy_pass http://127.0.0.1:8080; } }',
    request: { target: '/app/page' },
    shows: { backend: { uri: '/app/page' } },
    fixed: {
      config:
        'server { listen 80; location /app/ { rewrite ^/app/(.*) /$1 break; proxy_pass http://127.0.0.1:8080; } }',
      shows: { backend: { uri: '/page' } },
    },
  },
  {
    rule: 'proxy-redirect-never-matches',
    messageId: 'host',
    config: `server { listen 80; location / { proxy_pass http://127.0.0.1:8088; proxy_redirect backend.example.org/ /; } }
    server { listen 8088; return 302 http://backend.example.org/page; }`,
    request: {},
    shows: { status: 302, headers: { location: 'http://backend.example.org/page' } },
    fixed: {
      config: `server { listen 80; location / { proxy_pass http://127.0.0.1:8088; proxy_redirect http://backend.example.org/ /; } }
      server { listen 8088; return 302 http://backend.example.org/page; }`,
      shows: { status: 302, headers: { location: /^http:\/\/(?!backend)[^/]+\/page$/ } },
    },
  },
  {
    rule: 'proxy-redirect-never-matches',
    messageId: 'pattern',
    config: `server { listen 80; location / { proxy_pass http://127.0.0.1:8089; proxy_redirect http://.*/ /; } }
    server { listen 8089; return 302 http://backend.example.org/page; }`,
    request: {},
    shows: { headers: { location: 'http://backend.example.org/page' } },
  },
  {
    rule: 'ssi-holds-upgrade',
    messageId: 'held',
    config: upgrading('*'),
    request: { throughUpgrade: '/page' },
    // What comes is no head, but what the backend says in the new protocol.
    shows: { status: 0 },
    fixed: { config: upgrading('text/plain'), shows: { status: 200, backend: { uri: '/page' } } },
  },
  {
    rule: 'body-limit-without-unit',
    messageId: 'bytes',
    config: 'server { listen 80; client_max_body_size 50; location / { proxy_pass http://127.0.0.1:8080; } }',
    request: { method: 'POST', bodySize: 2000, headers: { 'Content-Length': '2000' } },
    shows: { status: 413 },
    fixed: {
      config: 'server { listen 80; client_max_body_size 50m; location / { proxy_pass http://127.0.0.1:8080; } }',
      shows: { status: 200 },
    },
  },
];
