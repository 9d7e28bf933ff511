import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A value that sslh cannot use: a port, host, pattern or syslog facility',
    why: 'sslh looks the values up when it starts, and stops at a host, service, facility or pattern that it cannot make sense of. A port above 65535 is cut to another port.',
    how: 'Host and port are two settings: a name or an address, and a port number or the name of a service. A path needs "is_unix: true".',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://github.com/yrutschle/sslh/blob/master/doc/config.md',
      'https://github.com/yrutschle/sslh/blob/master/example.cfg',
    ],
  },
  ...refused('sslh-invalid-value'),
});
