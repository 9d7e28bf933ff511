import type { Route, Scope } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { nginxRedirects } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { readUrl } from '../../model/url.ts';
import { isHttpUrl } from '../../model/scheme.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A return or redirect answers before the access rules beside it are looked at',
    why: 'nginx runs "return" and "rewrite" before the access rules, so allow, deny and passwords on the same level never take effect: everybody gets the answer.',
    how: 'Let a content handler answer where access is limited ("try_files", "proxy_pass", or an inner location reached by "try_files /x @answer"), or refuse in the rewrite phase itself with "if".',
    whenOff: 'Where everybody may have this answer, and the access rules are meant for the rest of the block.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [nginxRedirects, ['deny', 'auth_basic', 'auth_request', 'auth_jwt']] },
    options: {
      inherited: {
        type: 'boolean',
        default: false,
        description:
          'Report also where the access rules stand on an outer level, which may leave such an answer open on purpose.',
      },
    },
    pedanticOptions: { inherited: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
      'https://nginx.org/en/docs/dev/development_guide.html#http_phases',
    ],
  },
  messages: {
    bypassed: '"{{answer}}" answers before "{{access}}" is looked at, so every client gets this answer.',
  },
  check({ options, report }) {
    function check({ match, handler, scope }: Route): void {
      if (match.kind === 'condition') return;
      const answer = isAnswer(handler) ? handler.directive : redirectElsewhere(scope);
      if (!answer) return;
      const own = accessOf((key) => scope.own(key));
      const access = own ?? (options.inherited ? accessOf((key) => scope.effective(key)) : undefined);
      if (!access) return;
      const data = { answer: textOf(answer), access: textOf(access) };
      const path = /^(?:regex|named|all)$/.test(match.kind) ? undefined : match.pattern;
      const isWhole = isAnswer(handler);
      report({
        message: 'bypassed',
        at: answer,
        data,
        related: [{ at: access, message: 'has no effect' }],
        ...(!own && { severity: 'info' }),
        confidence: own && isWhole ? 'high' : 'medium',
        ...(path !== undefined && isWhole && { witness: `curl -i 'http://host${path}'` }),
      });
    }

    return { route: check };
  },
});

type Answer = Extract<Route['handler'], { kind: 'redirect' | 'return' }>;

/** An answer with something in it. A refusal keeps everybody out, and sending the client to the same page elsewhere gives nothing away. */
function isAnswer(handler: Route['handler']): handler is Answer {
  if (handler.kind !== 'return' && handler.kind !== 'redirect') return false;
  const { status, to } = handler;
  if (typeof status !== 'number' || status >= 400) return false;
  const text = to?.value ?? '';
  return !/\$\{?request_uri\b/.test(text) && !/^\$\{?(?:host|server_name|http_host)\b/.test(readUrl(text).host.text);
}

/** A rewrite of some requests to a fixed host elsewhere. */
function redirectElsewhere(scope: Scope): Directive | undefined {
  return scope
    .own('rewrite')
    .find(
      ({ args }) =>
        /^(?:permanent|redirect)$/.test(args[2]?.value ?? '') &&
        /^[^$]/.test(readUrl(args[1]!.value).authority.text) &&
        isHttpUrl(args[1]!.value),
    );
}

/** The rule that keeps someone out. */
function accessOf(directives: (key: string) => readonly Directive[]): Directive | undefined {
  const denies = directives('deny')[0];
  if (denies) return denies;
  for (const key of ['auth_basic', 'auth_request', 'auth_jwt']) {
    const directive = directives(key)[0];
    if (directive && !isOff(directive)) return directive;
  }
  return undefined;
}

function textOf({ name, args }: Directive): string {
  return [name, ...args].map(({ raw }) => raw).join(' ');
}
