import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A log format that is not defined',
    why: 'The server refuses the whole configuration.',
    how: 'Define it with "log_format" before its first use, or use "combined".',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format'],
  },
  ...refused('unknown-log-format'),
});
