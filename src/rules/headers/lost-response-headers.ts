import type { Scope } from '../../model/model.ts';
import { insertBefore } from '../../edits/statements.ts';
import { eachLevel, firstName, lostList, textOf } from '../../servers/nginx/meaning/lost-lists.ts';
import { isSecurityHeader } from '../_shared/security-headers.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'An inner add_header drops those of the outer level',
    why: 'nginx inherits add_header only where the inner level has none at all, so one such line drops every header that was set further out.',
    how: 'Repeat the lost headers on the inner level, put all of them into one file and include it on both levels, or (since nginx 1.29.3) set "add_header_inherit merge;".',
    whenOff: 'Where answers of the inner level are meant to go without the outer headers.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['add_header', 'add_trailer'] },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
      'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header_inherit',
    ],
  },
  messages: {
    security:
      'The "add_header" directives of this level drop those of the outer level: responses no longer carry {{headers}} as set there.',
    other:
      'The "{{directive}}" directives of this level drop those of the outer level: responses no longer carry {{headers}} as set there.',
  },
  check({ report }) {
    function check(scope: Scope, directive: 'add_header' | 'add_trailer'): void {
      const list = lostList(scope, directive, firstName);
      const lost = list?.lost.filter(({ args }) => args.length >= 2 && args[1]!.value !== '') ?? [];
      if (!list || lost.length === 0 || isSwitchedOff(scope, directive)) return;
      const { lostBy } = list;
      const headers = listOf([...new Set(lost.map(({ args }) => `"${args[0]!.value}"`))]);
      const common = {
        at: scope.directive ?? lostBy,
        related: [
          { at: lostBy, message: 'this level has its own list from here on' },
          ...lost.map((at) => ({ at, message: `"${at.args[0]!.value}" is set here and lost` })),
        ],
        fix: { title: 'Repeat the lost headers', edits: [insertBefore(lostBy, lost.map(textOf))] },
      };
      const isSecurity = directive === 'add_header' && lost.some((line) => isSecurityHeader(firstName(line)));
      if (isSecurity) report({ ...common, message: 'security', data: { headers } });
      else
        report({ ...common, message: 'other', data: { headers, directive }, severity: 'info', confidence: 'medium' });
    }

    return eachLevel((scope) => {
      check(scope, 'add_header');
      check(scope, 'add_trailer');
    });
  },
});

/** The author said that nothing is to be inherited. */
function isSwitchedOff(scope: Scope, key: string): boolean {
  return isOff(scope, `${key}_inherit`);
}
