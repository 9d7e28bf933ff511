import type { WitnessCase, Shows } from '../../lib/case.ts';

const injected = '%0d%0aX-Injected:%20yes';

const inResponse = (value: RegExp | undefined): Shows => ({ headers: { 'x-injected': value } });
const inRequest = (value: RegExp | undefined): Shows => ({ backend: { headers: { 'x-injected': value } } });

const base = { rule: 'http-splitting', request: { target: `/${injected}` } };
const response = { ...base, messageId: 'response', shows: inResponse(/^yes/) };
const request = { ...base, messageId: 'request', shows: inRequest(/^yes/) };

export const cases: readonly WitnessCase[] = [
  {
    ...response,
    config: 'server { listen 80; return 301 https://$host$uri; }',
    fixed: { shows: inResponse(undefined) },
  },
  {
    ...response,
    config: 'server { listen 80; return 301 "https://$host$uri$is_args$args"; }',
    fixed: { shows: inResponse(undefined) },
  },
  {
    ...response,
    config: 'server { listen 80; location ~ ^/([^/]+)/ { return 302 https://example.net/$1; } }',
    request: { target: `/x${injected}/` },
    fixed: {
      config: 'server { listen 80; location ~ ^/([^/\\r\\n]+)/ { return 302 https://example.net/$1; } }',
      shows: inResponse(undefined),
    },
  },
  {
    ...response,
    config: 'server { listen 80; location ~ ^/([^/]*)$ { return 302 https://example.net/$1; } }',
    fixed: {
      config: 'server { listen 80; location ~ ^/(.*)$ { return 302 https://example.net/$1; } }',
      shows: inResponse(undefined),
    },
  },
  {
    ...response,
    config: 'server { listen 80; rewrite ^/(?<rest>[^?]*)$ https://example.net/$rest redirect; }',
    fixed: {
      config: 'server { listen 80; rewrite ^/([^?]*)$ https://example.net/$1 redirect; }',
      shows: inResponse(undefined),
    },
  },
  { ...response, config: 'server { listen 80; location / { add_header X-Page $uri; return 200 x; } }' },
  { ...response, config: 'server { listen 80; error_page 404 =302 https://example.net$uri; root /srv/site; }' },
  {
    ...request,
    config: 'server { listen 80; location / { proxy_pass http://127.0.0.1:8080$uri; } }',
    request: { target: `/%20HTTP/1.1${injected}` },
    fixed: {
      config: 'server { listen 80; location / { proxy_pass http://127.0.0.1:8080$request_uri; } }',
      shows: inRequest(undefined),
    },
  },
  {
    ...request,
    config: 'server { listen 80; location / { proxy_set_header X-Path $uri; proxy_pass http://127.0.0.1:8080; } }',
  },
  {
    ...request,
    config: `server {
      listen 80;
      location / { proxy_set_header X-User $remote_user; proxy_set_header X-Rest 1; proxy_pass http://127.0.0.1:8080; }
    }`,
    // A name has no colon, but it can end the request and begin another one.
    request: { headers: { Authorization: `Basic ${btoa('anna\r\n\r\nGET /other HTTP/1.0\r\n:password')}` } },
    shows: { backend: { headers: { 'x-user': 'anna', 'x-rest': undefined } } },
  },
];
