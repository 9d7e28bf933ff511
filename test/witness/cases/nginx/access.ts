import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'allow-without-deny',
    messageId: 'nginx',
    config: 'server { listen 80; location /admin { allow 10.0.0.1; proxy_pass http://127.0.0.1:8080; } }',
    request: { target: '/admin' },
    shows: { status: 200, backend: { uri: '/admin' } },
    fixed: { shows: { status: 403 } },
  },
  {
    rule: 'auth-over-plain-http',
    messageId: 'plain',
    config: `server {
      listen 80;
      auth_basic Staff;
      auth_basic_user_file /etc/nginx/users;
      root /srv/site;
    }`,
    request: { headers: { Authorization: `Basic ${btoa('anna:secret')}` } },
    shows: { status: 200, body: 'index' },
  },
  {
    rule: 'auth-over-plain-http',
    messageId: 'both',
    config: `server {
      listen 80;
      listen 443 ssl;
      ssl_certificate /etc/ssl/site.pem;
      ssl_certificate_key /etc/ssl/site.key;
      auth_basic Staff;
      auth_basic_user_file /etc/nginx/users;
      root /srv/site;
    }`,
    request: {},
    shows: { status: 401, headers: { 'www-authenticate': 'Basic realm="Staff"' } },
  },
  {
    rule: 'deny-without-effect',
    messageId: 'unreached',
    config: `server {
      listen 80;
      location /admin { allow 127.0.0.0/8; deny 127.0.0.1; deny all; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/admin' },
    shows: { status: 200, backend: { uri: '/admin' } },
  },
  {
    rule: 'deny-without-effect',
    messageId: 'satisfyAny',
    config: `server {
      listen 80;
      root /srv/site;
      satisfy any;
      deny 127.0.0.1;
      auth_basic Staff;
      auth_basic_user_file /etc/nginx/users;
    }`,
    request: { headers: { Authorization: `Basic ${btoa('anna:secret')}` } },
    shows: { status: 200, body: 'index' },
  },
  {
    rule: 'internal-missing',
    messageId: 'mapped',
    config: `server {
      listen 80;
      location / { proxy_set_header X-Accel-Mapping /srv/site/=/protected/; proxy_pass http://127.0.0.1:8080; }
      location /protected/ { alias /srv/site/; }
    }`,
    request: { target: '/protected/file.txt' },
    shows: { status: 200, body: 'a file' },
    fixed: { shows: { status: 404 } },
  },
  {
    rule: 'internal-missing',
    messageId: 'named',
    config: `server {
      listen 80;
      # for X-Accel-Redirect
      location /protected/ { alias /srv/site/; }
    }`,
    request: { target: '/protected/file.txt' },
    shows: { status: 200, body: 'a file' },
    fixed: { shows: { status: 404 } },
  },
  {
    rule: 'location-vs-exact-bypass',
    messageId: 'backend',
    config: `server {
      listen 80;
      location = /metrics { deny all; proxy_pass http://127.0.0.1:8080; }
      location / { proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/metrics/' },
    shows: { status: 200, backend: { uri: '/metrics/' } },
  },
  {
    rule: 'location-vs-exact-bypass',
    messageId: 'script',
    config: `server {
      listen 80;
      location = /login.php { deny all; fastcgi_pass 127.0.0.1:9000; }
      location ~ \\.php$ {
        fastcgi_split_path_info ^(.+?\\.php)(/.*)$;
        fastcgi_param SCRIPT_NAME $fastcgi_script_name;
        fastcgi_pass 127.0.0.1:9000;
      }
    }`,
    request: { target: '/login.php/x.php' },
    shows: { status: 200, backend: { params: { SCRIPT_NAME: '/login.php' } } },
  },
  {
    rule: 'location-vs-exact-bypass',
    messageId: 'scripts',
    config: `server {
      listen 80;
      location / { deny all; }
      location ~ \\.php$ {
        fastcgi_param SCRIPT_NAME $fastcgi_script_name;
        fastcgi_pass 127.0.0.1:9000;
      }
    }`,
    request: { target: '/index.php' },
    shows: { status: 200, backend: { params: { SCRIPT_NAME: '/index.php' } } },
  },
  {
    rule: 'return-bypasses-access',
    messageId: 'bypassed',
    config: 'server { listen 80; location / { deny all; return 200 secret; } }',
    request: {},
    shows: { status: 200, body: 'secret' },
  },
  {
    rule: 'status-page-exposed',
    messageId: 'open',
    config: 'server { listen 80; location /nginx_status { stub_status; } }',
    request: { target: '/nginx_status' },
    shows: { status: 200, body: /^Active connections: \d/ },
    fixed: {
      config: 'server { listen 80; location /nginx_status { stub_status; deny all; } }',
      shows: { status: 403 },
    },
  },
  {
    rule: 'status-page-exposed',
    messageId: 'open',
    config: `server {
      listen 443 ssl;
      ssl_certificate /etc/ssl/site.pem;
      ssl_certificate_key /etc/ssl/site.key;
      ssl_client_certificate /etc/ssl/site.pem;
      ssl_verify_client OFF;
      location /nginx_status { stub_status; }
    }`,
    request: { tls: {}, target: '/nginx_status' },
    shows: { status: 200, body: /^Active connections: \d/ },
  },
  {
    rule: 'auth-request-error-page',
    messageId: 'refused',
    config: `server {
      listen 80;
      error_page 401 = /login;
      location = /auth { return 401; }
      location /login { return 200 login; }
      location / { auth_request /auth; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/app' },
    shows: { status: 200, backend: { uri: '/app' } },
    fixed: {
      config: `server {
        listen 80;
        location = /auth { return 401; }
        location /login { return 200 login; }
        location / { auth_request /auth; error_page 401 = /login; proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { status: 200, body: 'login', backend: undefined },
    },
  },
  {
    rule: 'auth-request-error-page',
    messageId: 'refused',
    config: `server {
      listen 80;
      proxy_intercept_errors on;
      error_page 401 403 =200 /login;
      location = /auth { proxy_pass http://127.0.0.1:8001; }
      location /login { return 200 login; }
      location / { auth_request /auth; proxy_pass http://127.0.0.1:8080; }
    }
    server {
      listen 8001;
      return 403;
    }`,
    request: { target: '/app' },
    shows: { status: 200, backend: { uri: '/app' } },
    fixed: {
      config: `server {
        listen 80;
        error_page 401 403 =200 /login;
        location = /auth { proxy_pass http://127.0.0.1:8001; }
        location /login { return 200 login; }
        location / { auth_request /auth; proxy_pass http://127.0.0.1:8080; }
      }
      server {
        listen 8001;
        return 403;
      }`,
      shows: { status: 200, body: 'login', backend: undefined },
    },
  },
  {
    rule: 'auth-request-error-page',
    messageId: 'failed',
    config: `server {
      listen 80;
      error_page 502 =200 /down;
      location = /auth { proxy_pass http://127.0.0.1:1; }
      location /down { return 200 down; }
      location / { auth_request /auth; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/app' },
    shows: { status: 200, backend: { uri: '/app' } },
    fixed: {
      config: `server {
        listen 80;
        error_page 502 /down;
        location = /auth { proxy_pass http://127.0.0.1:1; }
        location /down { return 200 down; }
        location / { auth_request /auth; proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { status: 500, backend: undefined },
    },
  },
  {
    rule: 'auth-request-guards-login',
    messageId: 'page',
    config: `server {
      listen 80;
      auth_request /auth;
      error_page 401 = /login;
      location = /auth { auth_request off; error_page 404 /404.html; return 401; }
      location /login { proxy_pass http://127.0.0.1:8080; }
      location / { proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/app' },
    shows: { status: 401 },
    fixed: {
      config: `server {
        listen 80;
        auth_request /auth;
        error_page 401 = /login;
        location = /auth { auth_request off; error_page 404 /404.html; return 401; }
        location /login { auth_request off; proxy_pass http://127.0.0.1:8080; }
        location / { proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { status: 200, backend: { uri: '/login' } },
    },
  },
  {
    rule: 'address-taken-for-network',
    messageId: 'single',
    config: 'server { listen 80; allow 127.0.0.0; deny all; location / { proxy_pass http://127.0.0.1:8080; } }',
    request: {},
    shows: { status: 403 },
    fixed: {
      config: 'server { listen 80; allow 127.0.0.0/8; deny all; location / { proxy_pass http://127.0.0.1:8080; } }',
      shows: { status: 200 },
    },
  },
];
