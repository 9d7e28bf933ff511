import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A setting that sslh does not know, of a wrong type, or missing though required',
    why: 'A setting that sslh does not know, or that has another type, is ignored by 1.20 and older; newer ones name it on standard error and go on with the default. Without a required setting sslh does not start.',
    how: 'Use the names and types that the message lists.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://github.com/yrutschle/sslh/blob/master/doc/config.md',
      'https://github.com/yrutschle/sslh/blob/master/example.cfg',
    ],
  },
  ...refused('sslh-unknown-setting'),
});
