import type { WitnessCase } from '../../lib/case.ts';

const websocket = { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } };

export const cases: readonly WitnessCase[] = [
  {
    rule: 'missing-websocket-upgrade',
    messageId: 'missing',
    config: 'ProxyPass / http://127.0.0.1:8080/',
    request: websocket,
    shows: { backend: { headers: { upgrade: undefined } } },
    fixed: {
      config: 'ProxyPass / http://127.0.0.1:8080/ upgrade=websocket',
      shows: { backend: { headers: { upgrade: 'websocket' } } },
    },
  },
  {
    rule: 'proxy-worker-conflict',
    messageId: 'ignored',
    config: `ProxyPass /api/ http://127.0.0.1:8080/
    ProxyPass /socket/ http://127.0.0.1:8080/socket/ upgrade=websocket`,
    request: { target: '/socket/x', ...websocket },
    shows: { backend: { uri: '/socket/x', headers: { upgrade: undefined } } },
    fixed: {
      config: `ProxyPass /socket/ http://127.0.0.1:8080/socket/ upgrade=websocket
      ProxyPass /api/ http://127.0.0.1:8080/`,
      shows: { backend: { uri: '/socket/x', headers: { upgrade: 'websocket' } } },
    },
  },
  {
    rule: 'websocket-rewrite-order',
    messageId: 'afterCatchAll',
    config: `RewriteEngine On
    RewriteRule ^/(.*) http://127.0.0.1:8080/$1 [P]
    RewriteCond %{HTTP:Upgrade} =websocket [NC]
    RewriteRule ^/(.*) ws://127.0.0.1:8081/$1 [P]`,
    request: websocket,
    shows: { backend: { headers: { host: '127.0.0.1:8080', upgrade: undefined } } },
    fixed: {
      config: `RewriteEngine On
      RewriteCond %{HTTP:Upgrade} =websocket [NC]
      RewriteRule ^/(.*) ws://127.0.0.1:8081/$1 [P]
      RewriteRule ^/(.*) http://127.0.0.1:8080/$1 [P]`,
      shows: { backend: { headers: { host: '127.0.0.1:8081', upgrade: 'websocket' } } },
    },
  },
  {
    rule: 'websocket-rewrite-order',
    messageId: 'missingPath',
    config: `RewriteEngine On
    RewriteCond %{HTTP:Upgrade} =websocket [NC]
    RewriteRule ^/(.*) ws://127.0.0.1:8081/ [P]
    ProxyPass / http://127.0.0.1:8080/`,
    request: { target: '/deep/path', ...websocket },
    shows: { backend: { uri: '/', headers: { host: '127.0.0.1:8081', upgrade: 'websocket' } } },
  },
];
