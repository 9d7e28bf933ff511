import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A header of responses that is sent to the backend, or one of requests that is sent to the client',
    why: 'A browser never sees what goes to the backend, and a backend never sees what goes to the client: the header has no effect, and what it was to do is not done.',
    how: {
      nginx: 'Set headers of responses by "add_header", headers of requests by "proxy_set_header".',
      apache: 'Set headers of responses by "Header", headers of requests by "RequestHeader".',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://www.iana.org/assignments/http-fields/http-fields.xhtml',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
      'https://httpd.apache.org/docs/2.4/mod/mod_headers.html',
    ],
  },
  messages: {
    toBackend: '"{{header}}" is a header of responses: "{{directive}}" sends it to the backend, and no client gets it.',
    toClient:
      '"{{header}}" is a header of requests: "{{directive}}" sends it to the client, and the backend does not get it.',
  },
  check({ report }) {
    function check(directive: Directive, word: Word | undefined, value: Word | undefined, isRequest: boolean): void {
      const name = word?.value.replace(/:$/, '').toLowerCase() ?? '';
      if (!word || !value || value.value === '' || !(isRequest ? ofResponses : ofRequests).test(name)) return;
      report({
        message: isRequest ? 'toBackend' : 'toClient',
        at: placeIn(directive, word),
        data: { header: word.value, directive: directive.name.value },
      });
    }

    const nginx = (directive: Directive): void =>
      check(directive, directive.args[0], directive.args[1], directive.key !== 'add_header');

    function apache(directive: Directive): void {
      const isTable = /^(?:always|onsuccess|early)$/i.test(directive.args[0]?.value ?? '');
      const [action, name, value] = isTable ? directive.args.slice(1) : directive.args;
      if (/^(?:add|append|merge|set|setifempty)$/i.test(action?.value ?? ''))
        check(directive, name, value, directive.key === 'requestheader');
    }

    return {
      directives: {
        add_header: nginx,
        proxy_set_header: nginx,
        grpc_set_header: nginx,
        header: apache,
        requestheader: apache,
      },
    };
  },
});

/** Only browsers act on them. */
const ofResponses =
  /^(?:x-frame-options|strict-transport-security|content-security-policy(?:-report-only)?|x-content-type-options|x-xss-protection|referrer-policy|permissions-policy|set-cookie|access-control-(?:allow-(?:origin|methods|headers|credentials)|expose-headers|max-age)|cross-origin-(?:embedder|opener|resource)-policy|x-permitted-cross-domain-policies|www-authenticate)$/;

/** Only what stands behind a proxy acts on them. */
const ofRequests = /^(?:host|x-forwarded-(?:for|proto|host|port|prefix)|forwarded|user-agent|accept-encoding|referer)$/;
