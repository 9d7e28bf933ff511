import { environmentSetters } from '../../servers/apache/meaning/environment-setters.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A header made of an environment variable that is not set, with the text "(null)"',
    why: 'REMOTE_ADDR, HTTP_HOST and the like become environment variables only when a CGI program starts. In a header "%{REMOTE_ADDR}e" gives the text "(null)", which the backend takes for an address or a name.',
    how: 'Write an expression: "RequestHeader set X-Real-IP expr=%{REMOTE_ADDR}".',
    whenOff: 'Where a module that proxylint does not know sets the variable.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_headers.html#requestheader',
      'https://httpd.apache.org/docs/2.4/expr.html#vars',
    ],
  },
  messages: { unset: '"{{text}}" is sent as "(null)": nothing sets the environment variable "{{name}}".' },
  check({ config, report }) {
    function check(directive: Directive): void {
      const conditions = directive.args.some(({ value }) => /^(?:env|expr)=/i.test(value));
      for (const word of directive.args) {
        const [text, name] = /%\{([A-Z_]+)\}e/.exec(word.value) ?? [];
        if (text === undefined || name === undefined || !ofPrograms.test(name) || conditions) continue;
        const { late, early, isOpen } = environmentSetters(config);
        if (isOpen || late.has(name) || early.has(name)) continue;
        const at = placeIn(directive, word);
        const isAll = word.value === text;
        const expression = `expr=%{${name}}`;
        report({
          message: 'unset',
          at,
          data: { text, name },
          confidence: name === 'REMOTE_USER' ? 'medium' : 'high',
          ...(isAll && { fix: { title: `Write "${expression}"`, edits: [{ place: at, text: expression }] } }),
        });
      }
    }

    return { directives: { header: check, requestheader: check } };
  },
});

/** Set by `ap_add_common_vars` and `ap_add_cgi_vars`, for programs only. With mod_ssl HTTPS is there before. */
const ofPrograms =
  /^(?:REMOTE_(?:ADDR|HOST|PORT|USER|IDENT)|SERVER_(?:NAME|ADDR|PORT|PROTOCOL|ADMIN|SOFTWARE)|REQUEST_(?:METHOD|URI|SCHEME)|QUERY_STRING|HTTP_[A-Z_]+|DOCUMENT_ROOT|SCRIPT_NAME|SCRIPT_FILENAME|PATH_INFO|GATEWAY_INTERFACE|CONTEXT_PREFIX)$/;
