import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A simple directive that is followed by a block',
    why: 'The server refuses the whole configuration.',
    how: 'End the directive with a semicolon.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  },
  ...refused('unexpected-block'),
});
