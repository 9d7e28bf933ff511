import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A ServerAlias with a port, which no request matches',
    why: 'ServerName takes a port, ServerAlias does not: the alias is compared as a whole with the name alone. Requests for it go to the first virtual host of the address.',
    how: 'Write the name without the port; the port stands in <VirtualHost>.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/mod/core.html#serveralias'],
  },
  messages: { port: 'No request is for "{{alias}}": an alias is compared with the host name, without a port.' },
  check: ({ report }) => ({
    directives: {
      serveralias(directive: Directive) {
        for (const word of directive.args) {
          if (!/^[\w.*?-]+:\d+$/.test(word.value)) continue;
          const at = placeIn(directive, word);
          const text = word.raw.replace(/:\d+(?=["']?$)/, '');
          const fix = { title: 'Remove the port', edits: [{ place: at, text }] };
          report({ message: 'port', at, data: { alias: word.value }, fix });
        }
      },
    },
  }),
});
