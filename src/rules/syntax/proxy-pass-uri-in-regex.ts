import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A URI part in "proxy_pass" where the server cannot replace a prefix',
    why: 'The server refuses the whole configuration: without a prefix that matched, it does not know which part of the request to replace.',
    how: 'Leave the URI part out, or rewrite the request before with "rewrite ... break".',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  },
  ...refused('proxy-pass-uri-in-regex'),
});
