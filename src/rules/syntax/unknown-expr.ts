import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'An expression of Apache that cannot be read',
    why: 'The server refuses the whole configuration.',
    how: 'Put the whole expression in quotes, strings in it in the other kind of quotes, and variables as %{NAME}.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/expr.html'],
  },
  ...refused('unknown-expr'),
});
