import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A variable that is not defined',
    why: 'The server refuses the whole configuration.',
    how: 'Correct the spelling, or define the variable with "set", "map" or a named group.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/varindex.html'],
  },
  ...refused('unknown-variable'),
});
