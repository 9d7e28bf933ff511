import { defineRule } from '../define-rule.ts';
import { apacheMessages } from '../../servers/apache/refusals/messages.ts';
import { reportApache } from '../../servers/apache/refusals/report.ts';
import { nginxMessages } from '../../servers/nginx/refusals/messages.ts';
import { reportNginx } from '../../servers/nginx/refusals/report.ts';

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
  messages: { ...apacheMessages['removed-directive'], ...nginxMessages['removed-directive'] },
  check: {
    nginx: (context) => reportNginx(context, 'removed-directive'),
    apache: (context) => reportApache(context, 'removed-directive'),
  },
});
