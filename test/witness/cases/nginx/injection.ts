import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'forwarded-for-spoofing',
    messageId: 'trustsAll',
    config: `server {
      listen 80;
      set_real_ip_from 0.0.0.0/0;
      real_ip_header X-Forwarded-For;
      location / { allow 192.0.2.1; deny all; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { headers: { 'X-Forwarded-For': '192.0.2.1' } },
    shows: { status: 200, backend: { uri: '/' } },
  },
  {
    rule: 'forwarded-for-spoofing',
    messageId: 'trustsAllTogether',
    config: `server {
      listen 80;
      set_real_ip_from 0.0.0.0/1;
      set_real_ip_from 128.0.0.0/1;
      real_ip_header X-Forwarded-For;
      location / { allow 192.0.2.1; deny all; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { headers: { 'X-Forwarded-For': '192.0.2.1' } },
    shows: { status: 200, backend: { uri: '/' } },
  },
  {
    rule: 'forwarded-for-spoofing',
    messageId: 'appended',
    options: { appended: true },
    config: `server {
      listen 80;
      location / { proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { headers: { 'X-Forwarded-For': '192.0.2.1' } },
    shows: { backend: { headers: { 'x-forwarded-for': '192.0.2.1, 127.0.0.1' } } },
    fixed: {
      config: `server {
        listen 80;
        location / { proxy_set_header X-Forwarded-For $remote_addr; proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { backend: { headers: { 'x-forwarded-for': '127.0.0.1' } } },
    },
  },
  {
    rule: 'h2c-smuggling',
    messageId: 'connection',
    config: `server {
      listen 80;
      location / {
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $http_connection;
        proxy_pass http://127.0.0.1:8082;
      }
      location /admin/ { deny all; }
    }`,
    request: { throughUpgrade: '/admin/' },
    shows: { status: 200, backend: { uri: '/admin/', version: '2.0' } },
    fixed: {
      config: `map $http_upgrade $upgrade { websocket $http_upgrade; default ""; }
      server {
        listen 80;
        location / {
          proxy_http_version 1.1;
          proxy_set_header Upgrade $upgrade;
          proxy_set_header Connection upgrade;
          proxy_pass http://127.0.0.1:8082;
        }
        location /admin/ { deny all; }
      }`,
      shows: { status: 400 },
    },
  },
  {
    rule: 'h2c-smuggling',
    messageId: 'denied',
    config: `server {
      listen 80;
      location / {
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection upgrade;
        proxy_pass http://127.0.0.1:8082;
      }
      location /admin/ { deny all; }
    }`,
    request: { throughUpgrade: '/admin/' },
    shows: { status: 200, backend: { uri: '/admin/', version: '2.0' } },
  },
  {
    rule: 'host-spoofing',
    messageId: 'spoofed',
    config: `server {
      listen 80;
      location / { proxy_set_header Host $http_x_forwarded_host; proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { headers: { 'X-Forwarded-Host': 'evil.test' } },
    shows: { backend: { headers: { host: 'evil.test' } } },
  },
  {
    rule: 'httpoxy',
    messageId: 'passed',
    config: 'server { listen 80; location / { fastcgi_pass 127.0.0.1:9000; } }',
    request: { headers: { Proxy: 'http://evil.test/' } },
    shows: { backend: { params: { HTTP_PROXY: 'http://evil.test/' } } },
    fixed: {
      config: 'server { listen 80; location / { fastcgi_param HTTP_PROXY ""; fastcgi_pass 127.0.0.1:9000; } }',
      shows: { backend: { params: { HTTP_PROXY: undefined } } },
    },
  },
  {
    rule: 'origin-check-bypass',
    messageId: 'origin',
    config: `map $http_origin $cors {
      default "";
      ~example\\.com $http_origin;
    }
    server { listen 80; add_header Access-Control-Allow-Origin $cors; return 200 x; }`,
    request: { headers: { Origin: 'https://example.com.evil.test' } },
    shows: { headers: { 'access-control-allow-origin': 'https://example.com.evil.test' } },
  },
  {
    rule: 'origin-check-bypass',
    messageId: 'referer',
    config: `server {
      listen 80;
      if ($http_referer !~ example\\.com) { return 403; }
      return 200 x;
    }`,
    request: { headers: { Referer: 'https://evil.test/?example.com' } },
    shows: { status: 200 },
  },
  {
    rule: 'origin-check-bypass',
    messageId: 'reflected',
    config: `server {
      listen 80;
      add_header Access-Control-Allow-Origin $http_origin;
      add_header Access-Control-Allow-Credentials true;
      return 200 x;
    }`,
    request: { headers: { Origin: 'https://evil.test' } },
    shows: {
      headers: { 'access-control-allow-origin': 'https://evil.test', 'access-control-allow-credentials': 'true' },
    },
  },
  {
    rule: 'trusted-header-passthrough',
    messageId: 'passed',
    config: `server {
      listen 80;
      location / {
        auth_basic Members;
        auth_basic_user_file /etc/nginx/users;
        proxy_set_header X-Remote-User $remote_user;
        proxy_pass http://127.0.0.1:8080;
      }
      location /api/ { proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '/api/', headers: { 'X-Remote-User': 'root' } },
    shows: { status: 200, backend: { headers: { 'x-remote-user': 'root' } } },
  },
  {
    rule: 'valid-referers-none',
    messageId: 'none',
    config: `server {
      listen 80;
      valid_referers none server_names;
      if ($invalid_referer) { return 403; }
      return 200 x;
    }`,
    request: {},
    shows: { status: 200 },
    fixed: {
      config: `server {
        listen 80;
        valid_referers server_names;
        if ($invalid_referer) { return 403; }
        return 200 x;
      }`,
      shows: { status: 403 },
    },
  },
];
