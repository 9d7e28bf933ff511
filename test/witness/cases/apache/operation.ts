import type { WitnessCase } from '../../lib/case.ts';

const upload = { method: 'POST', headers: { 'Content-Length': '2000000' }, bodySize: 2_000_000 };
const kept = { headers: { Connection: 'keep-alive' } };

export const cases: readonly WitnessCase[] = [
  {
    rule: 'access-log-off-everywhere',
    messageId: 'none',
    config: `Listen 80
DocumentRoot /srv/site`,
    request: {},
    shows: { status: 200, files: { 'access.log': undefined } },
    fixed: {
      config: `Listen 80
DocumentRoot /srv/site
CustomLog access.log "%r"`,
      shows: { status: 200, files: { 'access.log': 'GET / HTTP/1.1\n' } },
    },
  },
  {
    rule: 'error-log-off',
    messageId: 'off',
    config: `Listen 80
ErrorLog off
<Location />
  Require all denied
</Location>`,
    request: {},
    shows: { status: 403, files: { off: /client denied by server configuration/, 'error.log': undefined } },
  },
  {
    rule: 'hostname-lookups',
    messageId: 'lookup',
    config: `Listen 80
DocumentRoot /srv/site
HostnameLookups On
CustomLog access.log "%h"`,
    request: {},
    shows: { files: { 'access.log': 'localhost\n' } },
    fixed: { shows: { files: { 'access.log': '127.0.0.1\n' } } },
  },
  {
    rule: 'ineffective-directive',
    messageId: 'override',
    config: `Listen 80
<Location "/">
  AllowOverride None
</Location>`,
    request: {},
    shows: { files: { stderr: /Useless use of AllowOverride/ } },
  },
  {
    rule: 'ineffective-directive',
    messageId: 'lineEnd',
    config: `Listen 80
<Macro Named $name>
  Header always set X-Name $name
</Macro>
Use Named a
Header always set X-Last b`,
    request: {},
    shows: { headers: { 'x-name': 'a', 'x-last': undefined } },
    fixed: { shows: { headers: { 'x-name': 'a', 'x-last': 'b' } } },
  },
  {
    rule: 'unclosed-section',
    messageId: 'lost',
    config: `Listen 80
<Macro Named $name>
  Header always set X-Name $name
</Macro>
<Location "/app">
Use Named a
</Location>`,
    shows: { refused: /<Location> was not closed/ },
  },
  {
    rule: 'inline-comment',
    messageId: 'argument',
    config: `<VirtualHost *:80>
      ServerName example.com
    </VirtualHost>
    <VirtualHost *:80>
      ServerName new.example.com
      ServerAlias www.example.com # not old.example.com
      ProxyPass / http://127.0.0.1:8080/
    </VirtualHost>`,
    request: { headers: { Host: 'old.example.com' } },
    shows: { backend: { uri: '/' } },
    fixed: { shows: { body: 'index', backend: undefined } },
  },
  {
    rule: 'low-keepalive-requests',
    messageId: 'low',
    config: 'MaxKeepAliveRequests 5',
    request: kept,
    shows: { headers: { 'keep-alive': /max=5$/ } },
  },
  {
    rule: 'missing-body-limit',
    messageId: 'unlimited',
    config: 'LimitRequestBody 0',
    request: upload,
    shows: { status: 200 },
    fixed: { config: 'LimitRequestBody 1000000', shows: { status: 413 } },
  },
  {
    rule: 'misspelled-define',
    messageId: 'misspelled',
    config: `Define SITE_DOCS /srv/site/docs
    Alias /manual "\${SITEDOCS}"`,
    request: { target: '/manual/a.txt' },
    shows: { status: 404 },
    fixed: { shows: { status: 200, body: 'a document' } },
  },
  {
    rule: 'timeout-too-long',
    messageId: 'long',
    config: 'KeepAliveTimeout 600',
    request: kept,
    shows: { headers: { 'keep-alive': /timeout=600\b/ } },
  },
  {
    rule: 'unknown-module-test',
    messageId: 'never',
    config: `<IfModule mod_rewrite>
      Redirect /x http://elsewhere.example/
    </IfModule>`,
    request: { target: '/x' },
    shows: { status: 404 },
    fixed: {
      config: `<IfModule mod_rewrite.c>
      Redirect /x http://elsewhere.example/
    </IfModule>`,
      shows: { status: 302 },
    },
  },
  {
    rule: 'worker-limits',
    messageId: 'servers',
    config: `Listen 80
LoadModule mpm_prefork_module modules/mod_mpm_prefork.so
LoadModule authz_core_module modules/mod_authz_core.so
<IfModule mpm_prefork_module>
  MaxRequestWorkers 400
</IfModule>`,
    request: {},
    shows: { files: { stderr: /MaxRequestWorkers of 400 exceeds ServerLimit value of 256/ } },
  },
];
