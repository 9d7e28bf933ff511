import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A directive stands where it is not allowed',
    why: 'The server refuses the whole configuration: each directive is legal in certain contexts only.',
    how: 'Move the directive to one of the contexts that the message names.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/dirindex.html', 'https://httpd.apache.org/docs/2.4/mod/directives.html'],
  },
  ...refused('directive-context'),
});
