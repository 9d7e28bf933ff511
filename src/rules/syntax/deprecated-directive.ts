import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A directive or parameter that the server still accepts but advises against',
    why: 'The server warns about it at each start, may ignore it, and a later version may refuse it.',
    how: 'Use the replacement that the message names.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://nginx.org/en/CHANGES', 'https://httpd.apache.org/docs/2.4/upgrading.html'],
  },
  ...refused('deprecated-directive'),
});
