import { keepaliveByDefault } from '../../ir/lower/nginx/headers.ts';
import type { Route, Scope } from '../../ir/model.ts';
import type { Directive } from '../../ir/syntax.ts';
import { isBefore } from '../../versions.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Connections to an upstream are meant to be kept, and each is closed',
    why: 'Before 1.29.7 nginx speaks HTTP/1.0 to backends and asks them to close: "keepalive" of the upstream keeps nothing, and every request opens a connection anew.',
    how: 'Write "proxy_http_version 1.1;" and "proxy_set_header Connection \'\';" beside proxy_pass, or run nginx 1.29.7 or newer.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version',
    ],
  },
  messages: {
    version:
      'The upstream "{{upstream}}" keeps connections, but nginx before 1.29.7 speaks HTTP/1.0 to it here: "proxy_http_version 1.1" is missing.',
    connection:
      'The upstream "{{upstream}}" keeps connections, but nginx before 1.29.7 sends it "Connection: close" here.',
  },
  check({ targets, report }) {
    const seen = new Set<Directive>();

    return {
      route(route) {
        const { handler, preemptedBy } = route;
        if (handler.kind !== 'proxy' || handler.directive.key !== 'proxy_pass' || preemptedBy) return;
        if (targets.nginx && !isBefore(targets.nginx, keepaliveByDefault)) return;
        const { upstream } = handler.target;
        const keepalive = upstream?.directive.block?.directives.find(({ key }) => key === 'keepalive');
        if (!upstream || !keepalive || keepalive.args[0]?.value === '0' || seen.has(keepalive)) return;
        const message = faultOf(route);
        if (!message) return;
        seen.add(keepalive);
        report({
          message,
          at: handler.directive,
          data: { upstream: upstream.name },
          confidence: targets.nginx ? 'high' : 'medium',
          related: [{ at: keepalive, message: 'has no effect' }],
        });
      },
    };
  },
});

function faultOf({ scope }: Route): 'version' | 'connection' | undefined {
  if (scope.certainty('proxy_http_version') === 'unread' || scope.certainty('proxy_set_header') === 'unread')
    return undefined;
  const version = scope.effective('proxy_http_version').at(-1)?.args[0]?.value ?? '1.0';
  if (version === '1.0') return 'version';
  return version === '1.1' && !setsConnection(scope) ? 'connection' : undefined;
}

function setsConnection(scope: Scope): boolean {
  return scope
    .effective('proxy_set_header')
    .some(({ args: [name, value] }) => name?.value.toLowerCase() === 'connection' && value?.value !== 'close');
}
