import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A directive that the server does not have',
    why: 'The server refuses the whole configuration because of one name that it does not know.',
    how: 'Correct the spelling, or install and load the module that defines the directive.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/dirindex.html', 'https://httpd.apache.org/docs/2.4/mod/directives.html'],
  },
  ...refused('unknown-directive'),
});
