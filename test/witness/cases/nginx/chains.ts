/** Two servers of one nginx, one behind the other. */
import type { WitnessCase } from '../../lib/case.ts';

const chain = (
  front: string,
  back: string,
): string => `server { listen 80; location / { ${front} proxy_pass http://127.0.0.1:8088; } }
server { listen 127.0.0.1:8088; ${back} }`;
const toBackend = (more: string): string => `location / { ${more} proxy_pass http://127.0.0.1:8080; }`;
const upload = { method: 'POST', bodySize: 1500, headers: { 'Content-Length': '1500' } } as const;

export const cases: readonly WitnessCase[] = [
  {
    rule: 'forwarded-header-overwritten',
    messageId: 'overwritten',
    config: chain(
      'proxy_set_header X-Forwarded-Host outer.example;',
      toBackend('proxy_set_header X-Forwarded-Host inner.example;'),
    ),
    request: {},
    shows: { backend: { headers: { 'x-forwarded-host': 'inner.example' } } },
    fixed: {
      config: chain('proxy_set_header X-Forwarded-Host outer.example;', toBackend('')),
      shows: { backend: { headers: { 'x-forwarded-host': 'outer.example' } } },
    },
  },
  {
    rule: 'client-address-lost',
    messageId: 'overwritten',
    config: chain(
      'proxy_set_header X-Real-IP $remote_addr; proxy_bind 127.0.0.2;',
      toBackend('proxy_set_header X-Real-IP $remote_addr;'),
    ),
    request: {},
    shows: { backend: { headers: { 'x-real-ip': '127.0.0.2' } } },
    fixed: {
      config: chain(
        'proxy_set_header X-Real-IP $remote_addr; proxy_bind 127.0.0.2;',
        toBackend('proxy_set_header X-Real-IP $http_x_real_ip;'),
      ),
      shows: { backend: { headers: { 'x-real-ip': '127.0.0.1' } } },
    },
  },
  {
    rule: 'chain-body-size',
    messageId: 'front',
    config: chain('client_max_body_size 1k;', `client_max_body_size 10k; ${toBackend('')}`),
    request: upload,
    shows: { status: 413, backend: undefined },
    fixed: {
      config: chain('client_max_body_size 10k;', `client_max_body_size 10k; ${toBackend('')}`),
      shows: { status: 200 },
    },
  },
  {
    rule: 'chain-protocol-mismatch',
    messageId: 'grpc',
    config: `server { listen 80; location / { grpc_pass grpc://127.0.0.1:8088; } }
      server { listen 127.0.0.1:8088; return 204; }`,
    request: {},
    shows: { status: 502 },
    fixed: {
      config: `server { listen 80; location / { grpc_pass grpc://127.0.0.1:8088; } }
        server { listen 127.0.0.1:8088 http2; return 204; }`,
      shows: { status: 204 },
    },
  },
  {
    rule: 'double-response-header',
    messageId: 'twice',
    config: chain('add_header X-Frame-Options DENY;', 'add_header X-Frame-Options SAMEORIGIN; return 200 x;'),
    request: {},
    shows: { headers: { 'x-frame-options': 'SAMEORIGIN, DENY' } },
    fixed: {
      config: chain(
        'proxy_hide_header X-Frame-Options; add_header X-Frame-Options DENY;',
        'add_header X-Frame-Options SAMEORIGIN; return 200 x;',
      ),
      shows: { headers: { 'x-frame-options': 'DENY' } },
    },
  },
];
