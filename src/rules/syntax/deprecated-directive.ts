import { defineRule } from '../define-rule.ts';
import { apacheMessages } from '../../servers/apache/refusals/messages.ts';
import { reportApache } from '../../servers/apache/refusals/report.ts';
import { nginxMessages } from '../../servers/nginx/refusals/messages.ts';
import { reportNginx } from '../../servers/nginx/refusals/report.ts';

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
  messages: { ...apacheMessages['deprecated-directive'], ...nginxMessages['deprecated-directive'] },
  check: {
    nginx: (context) => reportNginx(context, 'deprecated-directive'),
    apache: (context) => reportApache(context, 'deprecated-directive'),
  },
});
