import { placeIn, type Directive } from '../../ir/syntax.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Request bodies of any size are accepted',
    why: 'A few clients can fill the disk with temporary files, or the memory of the backend.',
    how: 'Set a limit that fits the application (nginx: client_max_body_size, Apache: LimitRequestBody), and a larger one where files are uploaded.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size',
      'https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestbody',
    ],
  },
  messages: {
    unlimited: '"{{text}}" lifts the limit for request bodies.',
  },
  check({ report }) {
    function check(directive: Directive): void {
      const [value] = directive.args;
      if (!value || !/^0+[kmg]?$/i.test(value.value)) return;
      report({
        message: 'unlimited',
        at: placeIn(directive, value),
        data: { text: `${directive.name.value} ${value.value}` },
      });
    }

    return { directives: { client_max_body_size: check, limitrequestbody: check } };
  },
});
