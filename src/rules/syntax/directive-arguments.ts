import { defineRule } from '../define-rule.ts';
import { apacheMessages } from '../../servers/apache/refusals/messages.ts';
import { reportApache } from '../../servers/apache/refusals/report.ts';
import { nginxMessages } from '../../servers/nginx/refusals/messages.ts';
import { reportNginx } from '../../servers/nginx/refusals/report.ts';

export default defineRule({
  meta: {
    summary: 'A directive has too many or too few arguments',
    why: 'The server refuses the whole configuration.',
    how: 'Give the number of arguments that the message names; quote a value that holds white space.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://nginx.org/en/docs/dirindex.html', 'https://httpd.apache.org/docs/2.4/mod/directives.html'],
  },
  messages: { ...apacheMessages['directive-arguments'], ...nginxMessages['directive-arguments'] },
  check: {
    nginx: (context) => reportNginx(context, 'directive-arguments'),
    apache: (context) => reportApache(context, 'directive-arguments'),
  },
});
