import type { WitnessCase, Request } from '../../lib/case.ts';

const websocket: Request = { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } };

export const cases: readonly WitnessCase[] = [
  {
    rule: 'missing-websocket-upgrade',
    messageId: 'missing',
    config: 'server { listen 80; location / { proxy_pass http://127.0.0.1:8080; } }',
    request: websocket,
    shows: { backend: { headers: { upgrade: undefined } } },
  },
  {
    rule: 'missing-websocket-upgrade',
    messageId: 'halfDone',
    until: '1.29.7',
    config: `server {
      listen 80;
      location / {
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_pass http://127.0.0.1:8080;
      }
    }`,
    request: websocket,
    shows: { backend: { headers: { upgrade: 'websocket', connection: 'close' } } },
    fixed: {
      config: `server {
        listen 80;
        location / {
          proxy_http_version 1.1;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection upgrade;
          proxy_pass http://127.0.0.1:8080;
        }
      }`,
      shows: { backend: { headers: { upgrade: 'websocket', connection: 'upgrade' } } },
    },
  },
  {
    rule: 'missing-websocket-upgrade',
    messageId: 'halfDone',
    until: '1.29.7',
    config: `server {
      listen 80;
      location / {
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection upgrade;
        proxy_pass http://127.0.0.1:8080;
      }
    }`,
    request: websocket,
    shows: { backend: { version: '1.0', headers: { upgrade: 'websocket', connection: 'upgrade' } } },
  },
  {
    rule: 'missing-websocket-upgrade',
    messageId: 'unusedMap',
    config: `map $http_upgrade $connection_upgrade { default upgrade; "" close; }
    server { listen 80; location / { proxy_pass http://127.0.0.1:8080; } }`,
    request: websocket,
    shows: { backend: { headers: { upgrade: undefined } } },
  },
];
