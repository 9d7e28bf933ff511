import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A directive has too many or too few arguments',
    why: 'The server refuses the whole configuration.',
    how: 'Give the number of arguments that the message names; quote a value that holds white space.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://nginx.org/en/docs/dirindex.html', 'https://httpd.apache.org/docs/2.4/mod/directives.html'],
  },
  ...refused('directive-arguments'),
});
