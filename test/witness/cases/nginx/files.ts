import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'alias-traversal',
    messageId: 'traversal',
    config: 'server { listen 80; location /files { alias /srv/site/; } }',
    request: { target: '/files../secret.txt' },
    shows: { status: 200, body: 'not below the site' },
    fixed: { shows: { status: 404 } },
  },
  {
    rule: 'alias-traversal',
    messageId: 'glued',
    config: 'server { listen 80; location /files/ { alias /srv/site; } }',
    request: { target: '/files/file.txt' },
    shows: { status: 404 },
    fixed: { config: 'server { listen 80; location /files/ { alias /srv/site/; } }', shows: { body: 'a file' } },
  },
  {
    rule: 'alias-without-capture',
    messageId: 'directory',
    config: 'server { listen 80; location ~ ^/files/ { alias /srv/site/; } }',
    request: { target: '/files/file.txt' },
    shows: { status: 301 },
    fixed: {
      config: 'server { listen 80; location ~ ^/files/(.*)$ { alias /srv/site/$1; } }',
      shows: { body: 'a file' },
    },
  },
  {
    rule: 'directory-listing',
    messageId: 'listing',
    config: 'server { listen 80; root /srv/site; autoindex on; location /app/ { try_files $uri /index.html; } }',
    request: { target: '/docs/' },
    shows: { status: 200, body: /<a href="a\.txt">/ },
    fixed: {
      config: 'server { listen 80; root /srv/site; location /app/ { try_files $uri /index.html; } }',
      shows: { status: 403 },
    },
  },
  {
    rule: 'filesystem-root-exposure',
    messageId: 'root',
    config: 'server { listen 80; root /; }',
    request: { target: '/etc/passwd' },
    shows: { status: 200, body: /^root:/m },
  },
  {
    rule: 'hidden-files-exposed',
    messageId: 'served',
    config: 'server { listen 80; root /srv/site; }',
    request: { target: '/.git/config' },
    shows: { status: 200, body: '[core]' },
    fixed: {
      config: 'server { listen 80; root /srv/site; location ~ /\\. { return 404; } }',
      shows: { status: 404 },
    },
  },
  {
    rule: 'merge-slashes-off',
    messageId: 'off',
    config: `server {
      listen 80;
      merge_slashes off;
      location /admin { return 403; }
      location / { proxy_pass http://127.0.0.1:8080; }
    }`,
    request: { target: '//admin' },
    shows: { status: 200, backend: { uri: '//admin' } },
    fixed: {
      config: `server {
        listen 80;
        location /admin { return 403; }
        location / { proxy_pass http://127.0.0.1:8080; }
      }`,
      shows: { status: 403 },
    },
  },
  {
    rule: 'proxy-pass-normalization',
    messageId: 'normalised',
    config: 'server { listen 80; location /app/ { proxy_pass http://127.0.0.1:8080/; } }',
    request: { target: '/app/a%2Fb' },
    shows: { status: 200, backend: { uri: '/a/b' } },
  },
  {
    rule: 'root-in-location',
    messageId: 'single',
    config: 'server { listen 80; location / { root /srv/site; } location /docs/ { } }',
    request: { target: '/docs/a.txt' },
    shows: { status: 404 },
    fixed: {
      config: 'server { listen 80; root /srv/site; location / { } location /docs/ { } }',
      shows: { status: 200, body: 'a document' },
    },
  },
  {
    rule: 'root-in-location-mismatch',
    messageId: 'doubled',
    config: 'server { listen 80; location /site/ { root /srv/site; } }',
    request: { target: '/site/file.txt' },
    shows: { status: 404 },
    fixed: { shows: { body: 'a file' } },
  },
  {
    rule: 'script-source-exposed',
    messageId: 'source',
    config: 'server { listen 80; root /srv/site; location / { try_files $uri /index.php?$query_string; } }',
    request: { target: '/no/such/page' },
    shows: { status: 200, body: '<?php $password = 1;' },
  },
  {
    rule: 'try-files-without-fallback',
    messageId: 'loops',
    config: 'server { listen 80; root /srv/site; location / { try_files $uri $uri/; } }',
    request: { target: '/no-such-file' },
    shows: { status: 500, files: { 'error.log': /rewrite or internal redirection cycle/ } },
    fixed: { shows: { status: 404 } },
  },
  {
    rule: 'try-files-without-fallback',
    messageId: 'relative',
    config: 'server { listen 80; root /srv/site; location / { try_files $uri page.html; } }',
    request: { target: '/no-such-file' },
    shows: { status: 404, files: { 'error.log': /\/srv\/sitepage\.html/ } },
  },
  {
    rule: 'webdav-open',
    messageId: 'open',
    config: 'server { listen 80; root /srv/dav; dav_methods PUT DELETE; }',
    request: { method: 'PUT', target: '/new.txt', bodySize: 3, headers: { 'Content-Length': '3' } },
    shows: { status: 201 },
  },
  {
    rule: 'files-without-root',
    messageId: 'taken',
    config: `server {
      listen 80;
      location / { proxy_pass http://127.0.0.1:8080; }
      location ~ \\.css$ { expires max; }
    }`,
    request: { target: '/site.css' },
    shows: { status: 404 },
    fixed: {
      config: `server {
        listen 80;
        location / { proxy_pass http://127.0.0.1:8080; }
        location ~ \\.css$ { proxy_pass http://127.0.0.1:8080; expires max; }
      }`,
      shows: { status: 200, backend: { uri: '/site.css' } },
    },
  },
  {
    rule: 'files-without-root',
    messageId: 'taken',
    config: `server {
      listen 80;
      location / { proxy_pass http://127.0.0.1:8080; location ~ \\.css$ { expires max; } }
    }`,
    request: { target: '/site.css' },
    shows: { status: 404 },
  },
  {
    rule: 'script-filename',
    messageId: 'alias',
    config: `server {
      listen 80;
      location /shop {
        alias /srv/site;
        location ~ \\.php$ { fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name; fastcgi_pass 127.0.0.1:9000; }
      }
    }`,
    request: { target: '/shop/index.php' },
    shows: { backend: { params: { SCRIPT_FILENAME: /\/srv\/site\/shop\/index\.php$/ } } },
    fixed: {
      config: `server {
        listen 80;
        location /shop {
          alias /srv/site;
          location ~ \\.php$ { fastcgi_param SCRIPT_FILENAME $request_filename; fastcgi_pass 127.0.0.1:9000; }
        }
      }`,
      shows: { backend: { params: { SCRIPT_FILENAME: /\/srv\/site\/index\.php$/ } } },
    },
  },
  {
    rule: 'script-filename',
    messageId: 'pattern',
    config: `server {
      listen 80;
      location ~ ^/shop/(.+\\.php)$ {
        alias /srv/site/$1;
        fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
        fastcgi_pass 127.0.0.1:9000;
      }
    }`,
    request: { target: '/shop/index.php' },
    shows: { backend: { params: { SCRIPT_FILENAME: /\/srv\/site\/index\.php\/shop\/index\.php$/ } } },
  },
  {
    rule: 'script-filename',
    messageId: 'rootless',
    config: `server {
      listen 80;
      location / { root /srv/site; }
      location ~ \\.php$ { fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name; fastcgi_pass 127.0.0.1:9000; }
    }`,
    request: { target: '/index.php' },
    shows: { backend: { params: { SCRIPT_FILENAME: /\/html\/index\.php$/ } } },
  },
];
