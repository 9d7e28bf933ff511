import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A block directive without its block',
    why: 'The server refuses the whole configuration.',
    how: 'Open the block with a brace after the arguments.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  },
  ...refused('missing-block'),
});
