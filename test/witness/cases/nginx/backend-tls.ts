import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'backend-tls-unverified',
    messageId: 'unverified',
    config: `upstream api { server api.example.com:443; }
    server { listen 80; location / { proxy_pass https://api; } }`,
    request: { target: '/secret' },
    shows: { status: 200, backend: { uri: '/secret' } },
    fixed: {
      config: `upstream api { server api.example.com:443; }
      server {
        listen 80;
        proxy_ssl_verify on;
        proxy_ssl_trusted_certificate /etc/ssl/site.pem;
        location / { proxy_pass https://api; }
      }`,
      shows: { status: 502, files: { 'error.log': /upstream SSL certificate does not match "api"/ } },
    },
  },
  {
    rule: 'backend-tls-without-sni',
    messageId: 'noName',
    config: `upstream unnamed { server api.example.com:443; }
    server { listen 80; location / { proxy_pass https://unnamed; } }`,
    request: {},
    shows: { status: 200, backend: { serverName: undefined } },
    fixed: {
      config: `upstream unnamed { server api.example.com:443; }
      server {
        listen 80;
        proxy_ssl_server_name on;
        proxy_ssl_name api.example.com;
        location / { proxy_pass https://unnamed; }
      }`,
      shows: { backend: { serverName: 'api.example.com' } },
    },
  },
  {
    rule: 'backend-tls-without-sni',
    messageId: 'groupName',
    config: `upstream group { server api.example.com:443; }
    server { listen 80; proxy_ssl_server_name on; location / { proxy_pass https://group; } }`,
    request: {},
    shows: { backend: { serverName: 'group' } },
  },
];
