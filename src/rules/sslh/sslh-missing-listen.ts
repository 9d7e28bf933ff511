import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'No address to listen on, or no protocol to serve',
    why: 'Without an entry of "listen" sslh stops with "No listening address specified", without one of "protocols" with "At least one target protocol must be specified", unless the command line gives one. Only from inetd it needs no address.',
    how: 'Give both lists at least one entry.',
    severity: 'error',
    confidence: 'medium',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  ...refused('sslh-missing-listen'),
});
