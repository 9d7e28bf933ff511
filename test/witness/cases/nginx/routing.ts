import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'duplicate-server-name',
    messageId: 'duplicate',
    config: `server { listen 80; server_name example.com; return 200 first; }
    server { listen 80; server_name example.com; return 200 second; }`,
    request: {},
    shows: { body: 'first' },
  },
  {
    rule: 'missing-default-server',
    messageId: 'missing',
    config: `server { listen 80; server_name first.example; location / { return 200 first; } }
    server { listen 80; server_name second.example; location / { return 200 second; } }`,
    request: { headers: { Host: 'unknown.example' } },
    shows: { body: 'first' },
  },
  {
    rule: 'redirect-loop',
    messageId: 'loops',
    config: `server {
      listen 80;
      server_name loop.example;
      location /shop { rewrite ^ http://loop.example/shop/start redirect; }
    }`,
    request: { target: '/shop/start', headers: { Host: 'loop.example' } },
    shows: { status: 302, headers: { location: 'http://loop.example/shop/start' } },
  },
  {
    rule: 'rewrite-loop',
    messageId: 'loops',
    config: 'server { listen 80; location /files/ { rewrite ^/files/(.*)$ /files/data/$1 last; } }',
    request: { target: '/files/' },
    shows: { status: 500 },
  },
  {
    rule: 'shadowed-server-name',
    messageId: 'ignored',
    config: `server { listen 80; server_name .wide.example; return 200 first; }
    server { listen 80; server_name wide.example; return 200 second; }`,
    request: { headers: { Host: 'wide.example' } },
    shows: { body: 'first' },
  },
  {
    rule: 'shadowed-server-name',
    messageId: 'ignoredWithin',
    config: `server { listen 80; server_name first.example; return 200 first; }
    server { listen 80; server_name within.example .within.example; return 200 second; }`,
    request: { headers: { Host: 'x.within.example' } },
    shows: { body: 'first' },
  },
  {
    rule: 'unreachable-location',
    messageId: 'covered',
    config: `server {
      listen 80;
      location ~ \\.txt$ { return 200 first; }
      location ~ ^/b/.+\\.txt$ { return 200 second; }
    }`,
    request: { target: '/b/x.txt' },
    shows: { body: 'first' },
  },
  {
    rule: 'unreachable-location',
    messageId: 'covered',
    config: `server {
      listen 80;
      location /img/ { return 200 prefix; }
      location ~ ^/(?:img|css)/ { return 200 regex; }
    }`,
    request: { target: '/img/' },
    shows: { body: 'regex' },
  },
  {
    rule: 'unreachable-location',
    messageId: 'preempted',
    config: 'server { listen 80; return 200 all; location /.well-known/ { return 200 inner; } }',
    request: { target: '/.well-known/' },
    shows: { body: 'all' },
  },
];
