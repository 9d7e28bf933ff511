import type { Route, Scope } from '../../ir/model.ts';
import type { Directive } from '../../ir/syntax.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A return or redirect answers before the access rules beside it are looked at',
    why: 'nginx runs "return" and "rewrite" before the access rules, so allow, deny and passwords on the same level never take effect: everybody gets the answer.',
    how: 'Let a content handler answer where access is limited ("try_files", "proxy_pass", or an inner location reached by "try_files /x @answer"), or refuse in the rewrite phase itself with "if".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
      'https://nginx.org/en/docs/dev/development_guide.html#http_phases',
    ],
  },
  messages: {
    bypassed: '"{{answer}}" answers before "{{access}}" is looked at, so every client gets this answer.',
  },
  check: ({ report }) => ({
    route({ match, handler, scope }) {
      if (match.kind === 'condition' || match.kind === 'all') return;
      const access = accessOf(scope);
      if (!access || !isAnswer(handler)) return;
      const related = [{ at: access, message: 'has no effect' }];
      const data = { answer: textOf(handler.directive), access: textOf(access) };
      const path = match.kind === 'regex' || match.kind === 'named' ? undefined : match.pattern;
      const witness = path === undefined ? {} : { witness: `curl -i 'http://host${path}'` };
      report({ message: 'bypassed', at: handler.directive, data, related, ...witness });
    },
  }),
});

type Answer = Extract<Route['handler'], { kind: 'redirect' | 'return' }>;

/** An answer with something in it. A refusal keeps everybody out, and sending the client to the same page elsewhere gives nothing away. */
function isAnswer(handler: Route['handler']): handler is Answer {
  if (handler.kind !== 'return' && handler.kind !== 'redirect') return false;
  const { status, to } = handler;
  if (typeof status !== 'number' || status >= 400) return false;
  return !/\$\{?request_uri\b|:\/\/\$\{?(?:host|server_name|http_host)\b/.test(to?.value ?? '');
}

/** The rule of this level that keeps someone out. */
function accessOf(scope: Scope): Directive | undefined {
  const denies = scope.own('deny')[0];
  if (denies) return denies;
  for (const key of ['auth_basic', 'auth_request', 'auth_jwt']) {
    const directive = scope.own(key)[0];
    if (directive && directive.args[0]?.value !== 'off') return directive;
  }
  return undefined;
}

function textOf({ name, args }: Directive): string {
  return [name, ...args].map(({ raw }) => raw).join(' ');
}
