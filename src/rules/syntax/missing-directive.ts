import { defineRule } from '../define-rule.ts';
import { nginxMessages } from './_nginx/messages.ts';
import { reportNginx } from './_nginx/report.ts';

export default defineRule({
  meta: {
    summary: 'A block lacks a directive that the server demands',
    why: 'The server refuses the whole configuration.',
    how: 'Add the directive that the message names.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/dirindex.html'],
  },
  messages: nginxMessages['missing-directive'],
  check: (context) => reportNginx(context, 'missing-directive'),
});
