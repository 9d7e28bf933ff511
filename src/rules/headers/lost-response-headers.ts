import type { Edit } from '../../finding.ts';
import type { Route, Scope } from '../../ir/model.ts';
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
      'The "add_header" directives of this level drop those of the outer level: responses no longer carry {{headers}} as set there.',
  },
  check({ report }) {
    const seen = new Set<Directive>();

    function check({ scope }: Route): void {
      const own = scope.own('add_header');
      const [lostBy] = own;
      if (!lostBy || seen.has(lostBy) || scope.certainty('add_header') === 'unread') return;
      seen.add(lostBy);
      const kept = scope.effective('add_header');
      const lost = outerHeaders(scope).filter((outer) => !kept.some((inner) => nameOf(inner) === nameOf(outer)));
      if (lost.length === 0 || isSwitchedOff(scope)) return;
      const isSecurity = lost.some((directive) => isSecurityHeader(nameOf(directive)));
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
        fix: { title: 'Repeat the lost headers', edits: [repeat(lost, lostBy)] },
      });
    }

    return { route: check };
  },
});

/** What would be in force here if this level had no list of its own. */
function outerHeaders({ outer }: Scope): readonly Directive[] {
  return outer?.effective('add_header').filter(({ args }) => args.length >= 2 && args[1]!.value !== '') ?? [];
}

/** The author said that nothing is to be inherited. */
function isSwitchedOff(scope: Scope): boolean {
  return scope.effective('add_header_inherit').at(-1)?.args[0]?.value === 'off';
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
