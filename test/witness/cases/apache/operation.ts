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
    rule: 'timeout-too-long',
    messageId: 'long',
    config: 'KeepAliveTimeout 600',
    request: kept,
    shows: { headers: { 'keep-alive': /timeout=600\b/ } },
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
