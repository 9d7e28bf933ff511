import { defineRule } from '../define-rule.ts';
import { apacheMessages } from '../../servers/apache/refusals/messages.ts';
import { reportApache } from '../../servers/apache/refusals/report.ts';
import { nginxMessages } from '../../servers/nginx/refusals/messages.ts';
import { reportNginx } from '../../servers/nginx/refusals/report.ts';

export default defineRule({
  meta: {
    summary: 'A directive or value that the targeted server version does not have yet',
    why: 'The targeted version refuses the whole configuration.',
    how: 'Raise the target if the server is newer, or leave the directive out.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/CHANGES', 'https://httpd.apache.org/docs/2.4/new_features_2_4.html'],
  },
  messages: { ...apacheMessages['needs-newer-version'], ...nginxMessages['needs-newer-version'] },
  check: {
    nginx: (context) => reportNginx(context, 'needs-newer-version'),
    apache: (context) => reportApache(context, 'needs-newer-version'),
  },
});
