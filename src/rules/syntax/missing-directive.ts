import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

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
    references: [
      'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
      'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_certificate',
      'https://nginx.org/en/docs/mail/ngx_mail_core_module.html#listen',
    ],
  },
  ...refused('missing-directive'),
});
