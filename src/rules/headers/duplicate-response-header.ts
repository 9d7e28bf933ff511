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
    whenOff: 'Where clients are known to take the value that is meant.',
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
  messages: {
    contradicts:
      '"{{expires}}" sends a Cache-Control of its own beside "{{value}}": one lets the answer be kept, the other does not.',
    twice: '"{{header}}" is sent a second time: the directive before this one sends it too.',
  },
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

    function checkExpires(scope: Scope): void {
      const expires = scope.effective('expires').at(-1);
      const keeps = expires && keepsAnswer(expires);
      if (keeps === undefined) return;
      const other = responseHeaders(scope, dialect).find(
        (header) => header.name === 'cache-control' && header.directive.key === 'add_header' && !isUncertain(header),
      );
      if (!other || seen.has(other.directive) || !(keeps ? forbidding : allowing).test(other.value)) return;
      seen.add(other.directive);
      report({
        message: 'contradicts',
        at: other.directive,
        data: { expires: `expires ${expires!.args[0]!.value}`, value: other.value },
        related: [{ at: expires!, message: 'sends the other one' }],
        why: 'Of two instructions caches follow the stricter one: "no-cache" makes a lifetime useless.',
        how: 'Keep "expires" or the "Cache-Control" that is meant; "expires off" sends none.',
      });
    }

    return {
      virtualHost({ scope }) {
        checkScope(scope);
        if (dialect === 'nginx') checkExpires(scope);
      },
      route({ scope }) {
        if (mayChangeHeaders(scope, dialect)) checkScope(scope);
        if (dialect === 'nginx') checkExpires(scope);
      },
    };
  },
});

/** Whether the Cache-Control that `expires` sends lets an answer be kept; undefined: it sends none, or that is not known. */
function keepsAnswer({ args: [word, second] }: Directive): boolean | undefined {
  const time = word?.value ?? '';
  if (second || time.includes('$')) return undefined;
  if (time === 'epoch' || /^-\d/.test(time)) return false;
  return time === 'max' || /^[1-9]\w*$/.test(time) ? true : undefined;
}

const forbidding = /\bno-(?:cache|store)\b|\bmax-age=0\b/i;
const allowing = /\bmax-age=[1-9]|\bimmutable\b/i;

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
