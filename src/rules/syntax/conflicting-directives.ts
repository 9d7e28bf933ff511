import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'Directives that exclude each other',
    why: 'The server refuses the whole configuration.',
    how: 'Keep the one that is meant.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#alias',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
    ],
  },
  ...refused('conflicting-directives'),
});
