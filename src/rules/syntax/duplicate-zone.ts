import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'Two shared memory zones of one name',
    why: 'The server refuses the whole configuration.',
    how: 'Give each zone a name of its own.',
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
  ...refused('duplicate-zone'),
});
