import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'open-redirect',
    messageId: 'chosen',
    config: 'server { listen 80; location = /next { return 302 $arg_to; } }',
    request: { target: '/next?to=https://evil.test/' },
    shows: { status: 302, headers: { location: 'https://evil.test/' } },
  },
  {
    rule: 'open-redirect',
    messageId: 'extended',
    config: 'server { listen 80; location ~ ^/old(.*)$ { return 301 https://example.com$1; } }',
    request: { target: '/old.evil.test/' },
    shows: { status: 301, headers: { location: 'https://example.com.evil.test/' } },
  },
  {
    rule: 'open-redirect',
    messageId: 'extended',
    config: 'server { listen 80; location /old { rewrite ^/old(.*)$ https://example.com$1 redirect; } }',
    request: { target: '/old.evil.test/' },
    shows: { status: 302, headers: { location: 'https://example.com.evil.test/' } },
    fixed: {
      config: 'server { listen 80; location /old/ { rewrite ^/old(.*)$ https://example.com$1 redirect; } }',
      shows: { status: 404 },
    },
  },
  {
    rule: 'open-redirect',
    messageId: 'extended',
    config: `server {
      listen 80;
      location /twice/ {
        rewrite ^/twice/(.*)$ /old$1;
        rewrite ^/old(.*)$ https://example.com$1 redirect;
      }
    }`,
    request: { target: '/twice/.evil.test/' },
    shows: { status: 302, headers: { location: 'https://example.com.evil.test/' } },
  },
  {
    rule: 'open-redirect',
    messageId: 'chosen',
    // Browsers take one slash for two.
    config: 'server { listen 80; location /to/ { rewrite ^/to/(.*)$ $1 redirect; } }',
    request: { target: '/to/https://evil.test/' },
    shows: { status: 302, headers: { location: 'https:/evil.test/' } },
  },
  {
    rule: 'ssrf',
    messageId: 'chosen',
    config: 'server { listen 80; location /fetch { proxy_pass http://$arg_from; } }',
    request: { target: '/fetch?from=127.0.0.1:8081/admin' },
    shows: { status: 200, backend: { uri: '/admin', headers: { host: '127.0.0.1:8081' } } },
  },
  {
    rule: 'ssrf',
    messageId: 'extended',
    config: 'server { listen 80; location ~ ^/api(.*)$ { proxy_pass http://127.0.0.1$1; } }',
    request: { target: '/api:8081/admin' },
    shows: { status: 200, backend: { uri: '/admin', headers: { host: '127.0.0.1:8081' } } },
  },
];
