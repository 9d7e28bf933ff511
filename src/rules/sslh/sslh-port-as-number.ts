import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A port is written as a number instead of a string',
    why: 'A port is looked up as a string, because it may be the name of a service: sslh takes a number for a missing port and does not start.',
    how: 'Put the port in quotes.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://github.com/yrutschle/sslh/blob/master/example.cfg'],
  },
  ...refused('sslh-port-as-number'),
});
