import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A value that the directive does not accept',
    why: 'The server refuses the whole configuration, or cannot do what the value is for.',
    how: 'Write the value in the form that the message names.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://nginx.org/en/docs/syntax.html', 'https://httpd.apache.org/docs/2.4/mod/directives.html'],
  },
  ...refused('invalid-value'),
});
