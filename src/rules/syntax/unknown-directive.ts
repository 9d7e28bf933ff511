import { defineRule } from '../define-rule.ts';
import { apacheMessages } from '../../servers/apache/refusals/messages.ts';
import { reportApache } from '../../servers/apache/refusals/report.ts';
import { nginxMessages } from '../../servers/nginx/refusals/messages.ts';
import { reportNginx } from '../../servers/nginx/refusals/report.ts';

export default defineRule({
  meta: {
    summary: 'A directive that the server does not have',
    why: 'The server refuses the whole configuration because of one name that it does not know.',
    how: 'Correct the spelling, or install and load the module that defines the directive.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/dirindex.html', 'https://httpd.apache.org/docs/2.4/mod/directives.html'],
  },
  messages: { ...apacheMessages['unknown-directive'], ...nginxMessages['unknown-directive'] },
  check: {
    nginx: (context) => reportNginx(context, 'unknown-directive'),
    apache: (context) => reportApache(context, 'unknown-directive'),
  },
});
