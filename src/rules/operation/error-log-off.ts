import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: '"off" as the name of the error log',
    why: 'The error log cannot be turned off: the server writes it to a file with the name "off" in its own directory, where nobody looks for it and nothing rotates it.',
    how: {
      nginx: 'Name a file. To keep next to nothing, raise the level: "error_log /dev/null crit;".',
      apache: 'Name a file. To keep next to nothing: "ErrorLog /dev/null".',
    },
    whenOff: 'Where a file of that name is meant.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/ngx_core_module.html#error_log',
      'https://httpd.apache.org/docs/2.4/mod/core.html#errorlog',
      'https://blog.nginx.org/blog/avoiding-top-10-nginx-configuration-mistakes',
    ],
  },
  messages: {
    off: '"{{text}}" turns nothing off: the errors go to a file that is called "{{value}}".',
  },
  check({ report }) {
    function check(directive: Directive): void {
      const [value] = directive.args;
      // oxlint-disable-next-line proxylint/no-flag-words -- the name of a file
      if (!value || !/^(?:off|none)$/i.test(value.value)) return;
      const text = `${directive.name.value} ${value.value}`;
      report({ message: 'off', at: placeIn(directive, value), data: { text, value: value.value } });
    }

    return { directives: { error_log: check, errorlog: check } };
  },
});
