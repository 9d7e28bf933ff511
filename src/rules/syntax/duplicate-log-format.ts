import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'Two log formats of one name',
    why: 'The server refuses the whole configuration.',
    how: 'Give each format a name of its own.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format'],
  },
  ...refused('duplicate-log-format'),
});
