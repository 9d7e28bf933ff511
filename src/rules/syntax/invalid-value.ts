import { defineRule } from '../define-rule.ts';
import { apacheMessages } from '../../servers/apache/refusals/messages.ts';
import { reportApache } from '../../servers/apache/refusals/report.ts';
import { nginxMessages } from '../../servers/nginx/refusals/messages.ts';
import { reportNginx } from '../../servers/nginx/refusals/report.ts';

export default defineRule({
  meta: {
    summary: 'A value that the directive does not accept',
    why: 'The server refuses the whole configuration, or cannot do what the value is for.',
    how: 'Write the value in the form that the message names.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://nginx.org/en/docs/syntax.html', 'https://httpd.apache.org/docs/2.4/mod/directives.html'],
  },
  messages: { ...apacheMessages['invalid-value'], ...nginxMessages['invalid-value'] },
  check: {
    nginx: (context) => reportNginx(context, 'invalid-value'),
    apache: (context) => reportApache(context, 'invalid-value'),
  },
});
