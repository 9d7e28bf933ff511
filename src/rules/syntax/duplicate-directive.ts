import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A directive is repeated where it may stand only once',
    why: 'The server refuses the whole configuration.',
    how: 'Keep one of the directives.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://nginx.org/en/docs/dirindex.html'],
  },
  ...refused('duplicate-directive'),
});
