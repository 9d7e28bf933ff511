import { bytesOf } from '../../servers/nginx/meaning/settings.ts';
import { numberOf } from '../../servers/apache/meaning/settings.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

/** Nobody allows a few hundred bytes; one byte forbids bodies. */
const [least, most] = [2, 1023];

export default defineRule({
  meta: {
    summary: 'A limit for request bodies of some bytes, whose unit seems to be missing',
    why: 'A number without a unit is one of bytes: each form and each upload is refused with 413.',
    how: {
      nginx: 'Write the unit, "client_max_body_size 50m;".',
      apache: 'Write the number of bytes: 52428800 for 50 MB.',
    },
    whenOff: 'Where some bytes are all that is to be taken.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size',
      'https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestbody',
    ],
  },
  messages: {
    bytes: '"{{directive}} {{value}}" allows {{value}} bytes: is the unit missing?',
  },
  check({ report }) {
    function check(directive: Directive, bytes: number | undefined): void {
      const [word] = directive.args;
      if (!word || bytes === undefined || bytes < least || bytes > most || !/^\d+$/.test(word.value)) return;
      const data = { directive: directive.name.value, value: word.value };
      report({ message: 'bytes', at: placeIn(directive, word), data });
    }

    return {
      directives: {
        client_max_body_size: (directive) => check(directive, bytesOf(directive)),
        limitrequestbody: (directive) => check(directive, numberOf(directive)),
      },
    };
  },
});
