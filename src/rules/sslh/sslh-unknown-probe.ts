import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'The name of an entry of "protocols" is no probe of sslh',
    why: 'The name chooses the probe that recognises the protocol. sslh stops with "probe unknown" at any other name.',
    how: 'Use a name of the list in the message; "regex" with "regex_patterns" recognises anything else.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: [
      'https://github.com/yrutschle/sslh/blob/master/doc/config.md',
      'https://github.com/yrutschle/sslh/blob/master/ChangeLog',
    ],
  },
  ...refused('sslh-unknown-probe'),
});
