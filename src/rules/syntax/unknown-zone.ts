import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A shared memory zone that is not defined',
    why: 'The server refuses the whole configuration.',
    how: 'Define the zone, or correct its name.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_zone',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_path',
    ],
  },
  ...refused('unknown-zone'),
});
