import type { Edit } from '../../finding.ts';
import type { Route, Scope, VirtualHost } from '../../ir/model.ts';
import { headerOf, type Directive } from '../../ir/syntax.ts';
import { listOf } from '../_shared/text.ts';
import { isSecurityHeader } from '../_shared/security-headers.ts';
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
      'The "{{directive}}" directives of this level drop those of the outer level: responses no longer carry {{headers}} as set there.',
  },
  check({ report }) {
    const seen = new Set<Directive>();

    function check(scope: Scope, key: 'add_header' | 'add_trailer'): void {
      const own = scope.own(key);
      const [lostBy] = own;
      if (!lostBy || seen.has(lostBy) || scope.certainty(key) === 'unread') return;
      seen.add(lostBy);
      const kept = scope.effective(key);
      const lost = outerFields(scope, key).filter((outer) => !kept.some((inner) => nameOf(inner) === nameOf(outer)));
      if (lost.length === 0 || isSwitchedOff(scope, key)) return;
      const isSecurity = key === 'add_header' && lost.some((directive) => isSecurityHeader(nameOf(directive)));
      const headers = listOf(
        [...new Set(lost.map((directive) => directive.args[0]!.value))].map((name) => `"${name}"`),
      );
      const common = {
        at: scope.directive ?? lostBy,
        related: [
          { at: lostBy, message: 'this level has its own list from here on' },
          ...lost.map((at) => ({ at, message: `"${at.args[0]!.value}" is set here and lost` })),
        ],
        fix: { title: 'Repeat the lost headers', edits: [repeat(lost, lostBy)] },
      };
      if (isSecurity) report({ ...common, message: 'security', data: { headers } });
      else
        report({
          ...common,
          message: 'other',
          data: { headers, directive: key },
          severity: 'info',
          confidence: 'medium',
        });
    }

    function checkLevel({ scope }: Route | VirtualHost): void {
      check(scope, 'add_header');
      check(scope, 'add_trailer');
    }

    return { virtualHost: checkLevel, route: checkLevel };
  },
});

/** What would be in force here if this level had no list of its own. */
function outerFields({ outer }: Scope, key: string): readonly Directive[] {
  return outer?.effective(key).filter(({ args }) => args.length >= 2 && args[1]!.value !== '') ?? [];
}

/** The author said that nothing is to be inherited. */
function isSwitchedOff(scope: Scope, key: string): boolean {
  return scope.effective(`${key}_inherit`).at(-1)?.args[0]?.value.toLowerCase() === 'off';
}

function nameOf({ args }: Directive): string {
  return args[0]?.value.toLowerCase() ?? '';
}

/** The lost lines, put before the first line that drops them. */
function repeat(lost: readonly Directive[], lostBy: Directive): Edit {
  const { file } = lostBy.parent;
  const lineStart = file.text.lastIndexOf('\n', lostBy.start - 1) + 1;
  const indent = /^[ \t]*/.exec(file.text.slice(lineStart, lostBy.start))![0];
  const text = lost.map((directive) => `${textOf(directive)};\n${indent}`).join('');
  return { place: { file, start: lostBy.start, end: lostBy.start }, text };
}

function textOf(directive: Directive): string {
  const { file, start, end } = headerOf(directive);
  return file.text.slice(start, end);
}
