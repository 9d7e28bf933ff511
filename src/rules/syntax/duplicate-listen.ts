import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A socket is opened or configured twice',
    why: 'The server refuses the whole configuration.',
    how: 'Keep one "listen" for each address, and set socket options and the default server once.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#listen'],
  },
  ...refused('duplicate-listen'),
});
