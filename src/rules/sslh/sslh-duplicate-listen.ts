import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'An address on which sslh listens twice',
    why: 'The second socket cannot be bound, "Address already in use", and sslh ends.',
    how: 'Keep one entry of "listen" for each address and port. One for all addresses ("0.0.0.0") takes the narrower ones in.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  ...refused('sslh-duplicate-listen'),
});
