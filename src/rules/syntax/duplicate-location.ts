import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'The same location twice on one level',
    why: 'The server refuses the whole configuration, because it could not tell which of the two to use.',
    how: 'Merge the two locations, or give one of them another path.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  },
  ...refused('duplicate-location'),
});
