import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A setting is written twice in one group',
    why: 'The parser stops with "duplicate setting name", so sslh does not start.',
    how: 'Keep one of both; several entries belong in one list.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://hyperrealm.github.io/libconfig/libconfig_manual.html#Settings'],
  },
  ...refused('duplicate-setting'),
});
