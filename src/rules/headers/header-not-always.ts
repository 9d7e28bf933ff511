import type { Edit } from '../finding.ts';
import { headerOf, placeIn, type Directive } from '../../syntax/tree.ts';
import { isSecurityHeader } from '../_shared/security-headers.ts';
import { defineRule } from '../define-rule.ts';
import { readResponseHeader } from './_response-headers.ts';

export default defineRule({
  meta: {
    summary: 'A security header that error responses go without',
    why: 'nginx adds headers to some status codes only (200, 201, 204, 206, 301 to 308), Apache to successful responses. Error pages, which often repeat what the client sent, go without.',
    how: {
      nginx: 'Add "always" at the end.',
      apache: 'Add "always" after "Header".',
    },
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
      'https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header',
    ],
  },
  messages: { notAlways: '"{{header}}" is not sent with error responses: "always" is missing.' },
  check({ report }) {
    function check(directive: Directive): void {
      const header = readResponseHeader(directive).find(({ name, always }) => !always && isSecurityHeader(name));
      if (!header) return;
      report({
        message: 'notAlways',
        at: directive,
        data: { header: header.written },
        fix: { title: 'Add "always"', edits: [addAlways(directive)] },
      });
    }

    return { directives: { add_header: check, header: check } };
  },
});

function addAlways(directive: Directive): Edit {
  const { key, args } = directive;
  if (key === 'add_header') {
    const { file, end } = headerOf(directive);
    return { place: { file, start: end, end }, text: ' always' };
  }
  const [first] = args;
  return first!.value.toLowerCase() === 'onsuccess'
    ? { place: placeIn(directive, first!), text: 'always' }
    : { place: placeIn(directive, { start: first!.start, end: first!.start }), text: 'always ' };
}
