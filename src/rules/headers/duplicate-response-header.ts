import type { Scope } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { singleHeaders } from './_single-headers.ts';
import { mayChangeHeaders, responseHeaders, type ResponseHeader, responseHeaderKeys } from './_response-headers.ts';

export default defineRule({
  meta: {
    summary: 'A response header that is sent twice',
    why: 'Of a header that holds a single value, browsers take the first one or none at all: two Access-Control-Allow-Origin headers refuse every origin, two different X-Frame-Options are invalid.',
    how: {
      nginx: 'Keep one of the directives.',
      apache:
        'Keep one of the directives. "Header always set" and "Header set" fill two different lists, which are both sent: use one form for a header.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['add_header'], apache: responseHeaderKeys.apache },
    references: [
      'https://www.rfc-editor.org/rfc/rfc9110#section-5.3',
      'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
      'https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header',
    ],
  },
  messages: { twice: '"{{header}}" is sent a second time: the directive before this one sends it too.' },
  check({ dialect, report }) {
    const seen = new Set<Directive>();

    function checkScope(scope: Scope): void {
      const headers = responseHeaders(scope, dialect);
      if (headers.length < 2) return;
      const known = new Map<string, ResponseHeader[]>();
      for (const header of headers) {
        if (!singleHeaders.has(header.name) || isUncertain(header)) continue;
        const before = known.get(header.name);
        if (!before) {
          known.set(header.name, [header]);
          continue;
        }
        const other = before.find((earlier) => addsTo(header, earlier));
        before.push(header);
        if (!other || seen.has(header.directive)) continue;
        seen.add(header.directive);
        report({
          message: 'twice',
          at: header.directive,
          data: { header: header.written },
          related: [{ at: other.directive, message: 'sends it already' }],
        });
      }
    }

    return {
      virtualHost: ({ scope }) => checkScope(scope),
      route({ scope }) {
        if (mayChangeHeaders(scope, dialect)) checkScope(scope);
      },
    };
  },
});

/** A value that may be empty is sent now and then, perhaps never together with the other one. */
function isUncertain({ conditional, value, directive }: ResponseHeader): boolean {
  return conditional || (directive.key === 'add_header' && value.includes('$'));
}

/** httpd: "set" replaces what stands in its own list only; nginx: `more_set_headers` replaces all. */
function addsTo(header: ResponseHeader, earlier: ResponseHeader): boolean {
  if (header.directive === earlier.directive) return false;
  if (header.directive.key === 'header') return header.always !== earlier.always || header.action === 'add';
  return header.action === 'add' && earlier.action === 'add';
}
