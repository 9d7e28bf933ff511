import type { Scope } from '../../ir/model.ts';
import { insertBefore } from '../_shared/edits.ts';
import { eachLevel, firstName, lostList, textOf } from '../_shared/lost-lists.ts';
import { isSecurityHeader } from '../_shared/security-headers.ts';
import { listOf } from '../_shared/text.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An inner add_header drops those of the outer level',
    why: 'nginx inherits add_header only where the inner level has none at all, so one such line drops every header that was set further out.',
    how: 'Repeat the lost headers on the inner level, put all of them into one file and include it on both levels, or (since nginx 1.29.3) set "add_header_inherit merge;".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
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
      'The "add_header" directives of this level drop those of the outer level: responses no longer carry {{headers}} as set there.',
  },
  check({ report }) {
    return eachLevel((scope) => {
      const list = lostList(scope, 'add_header', firstName);
      const lost = list?.lost.filter(({ args }) => args.length >= 2 && args[1]!.value !== '') ?? [];
      if (!list || lost.length === 0 || isSwitchedOff(scope)) return;
      const { lostBy } = list;
      const isSecurity = lost.some((directive) => isSecurityHeader(firstName(directive)));
      const names = [...new Set(lost.map((directive) => directive.args[0]!.value))];
      report({
        message: isSecurity ? 'security' : 'other',
        at: scope.directive ?? lostBy,
        ...(!isSecurity && { severity: 'info', confidence: 'medium' }),
        data: { headers: listOf(names.map((name) => `"${name}"`)) },
        related: [
          { at: lostBy, message: 'this level has its own list from here on' },
          ...lost.map((at) => ({ at, message: `"${at.args[0]!.value}" is set here and lost` })),
        ],
        fix: { title: 'Repeat the lost headers', edits: [insertBefore(lostBy, lost.map(textOf))] },
      });
    });
  },
});

/** The author said that nothing is to be inherited. */
function isSwitchedOff(scope: Scope): boolean {
  return scope.effective('add_header_inherit').at(-1)?.args[0]?.value === 'off';
}
