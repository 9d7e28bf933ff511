import { settingsOf } from '../../servers/settings.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Request bodies of any size are accepted',
    why: 'A few clients can fill the disk with temporary files, or the memory of the backend.',
    how: {
      nginx: 'Set client_max_body_size to what fits the application, and to more where files are uploaded.',
      apache:
        'Set a LimitRequestBody that fits the application, and a larger one where files are uploaded. It holds for what Apache serves itself and never limits what is proxied, so the backend has to.',
    },
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    options: {
      maximum: {
        type: 'integer',
        minimum: 0,
        default: 0,
        description: 'The largest limit in bytes that is not reported; 0: any limit will do.',
      },
    },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size',
      'https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestbody',
    ],
  },
  messages: {
    unlimited: '"{{text}}" lifts the limit for request bodies.',
    large: '"{{text}}" allows request bodies of more than {{maximum}} bytes; allow {{maximum}} at most.',
  },
  check({ dialect, options, report }) {
    const { bytesOf } = settingsOf(dialect);
    const maximum = options.maximum;

    function check(directive: Directive): void {
      const [value] = directive.args;
      const size = bytesOf(directive);
      if (!value || size === undefined) return;
      const at = placeIn(directive, value);
      const text = `${directive.name.value} ${value.value}`;
      if (size === 0) report({ message: 'unlimited', at, data: { text } });
      else if (maximum > 0 && size > maximum) report({ message: 'large', at, data: { text, maximum } });
    }

    return { directives: { client_max_body_size: check, limitrequestbody: check } };
  },
});
