import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'Two upstreams of one name',
    why: 'The server refuses the whole configuration.',
    how: 'Merge the two, or rename one of them and its uses.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  },
  ...refused('duplicate-upstream'),
});
