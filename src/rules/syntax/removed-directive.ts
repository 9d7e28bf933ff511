import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A directive or parameter that the server no longer has',
    why: 'The server refuses the whole configuration since the version that dropped it.',
    how: 'Use the replacement that the message names, or delete the directive.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://nginx.org/en/CHANGES', 'https://httpd.apache.org/docs/2.4/upgrading.html'],
  },
  ...refused('removed-directive'),
});
