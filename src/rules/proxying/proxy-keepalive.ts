import { keepaliveByDefault } from '../../servers/nginx/model/headers.ts';
import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { fixOf, setsConnection } from './_connection-header.ts';

export default defineRule({
  meta: {
    summary: 'Connections to an upstream are meant to be kept, and each is closed',
    why: 'Before 1.29.7 nginx speaks HTTP/1.0 to backends and asks them to close: "keepalive" of the upstream keeps nothing, and every request opens a connection anew.',
    how: 'Write "proxy_http_version 1.1;" and "proxy_set_header Connection \'\';" beside proxy_pass, or run nginx 1.29.7 or newer.',
    whenOff: 'Where each request is meant to have its own connection, as the backend keeps none.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['keepalive', 'proxy_http_version'] },
    fixable: 'unsafe',
    options: {
      unkept: {
        type: 'boolean',
        default: false,
        description:
          'Report "proxy_http_version 1.1" without an empty "Connection" also where no upstream keeps connections.',
      },
    },
    pedanticOptions: { unkept: true },
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
    unkept:
      'With "proxy_http_version 1.1" alone nginx before 1.29.7 asks the backend to close each connection: "proxy_set_header Connection" is missing.',
  },
  check({ options, targets, report }) {
    const seen = new Set<Directive>();

    function checkKept(route: Route, fault: Fault, proxyPass: Directive, keepalive: Directive, upstream: string): void {
      report({
        message: fault,
        at: proxyPass,
        data: { upstream },
        confidence: targets.nginx ? 'high' : 'medium',
        related: [{ at: keepalive, message: 'has no effect' }],
        ...fixOf(route, proxyPass),
      });
    }

    function checkUnkept(route: Route, fault: Fault, proxyPass: Directive): void {
      const version = route.scope.effective('proxy_http_version').at(-1);
      if (!options.unkept || fault !== 'connection' || !version || seen.has(version)) return;
      seen.add(version);
      const fix = fixOf(route, proxyPass);
      report({ message: 'unkept', at: version, severity: 'info', confidence: 'medium', ...fix });
    }

    return {
      route(route) {
        const { handler, preemptedBy } = route;
        if (handler.kind !== 'proxy' || handler.directive.key !== 'proxy_pass' || preemptedBy) return;
        if (targets.nginx && !isBefore(targets.nginx, keepaliveByDefault)) return;
        const { upstream } = handler.target;
        const keepalive = upstream?.directive.block?.directives.find(({ key }) => key === 'keepalive');
        if (!keepalive && !options.unkept) return;
        const fault = faultOf(route);
        if (!fault || seen.has(handler.directive)) return;
        seen.add(handler.directive);
        if (upstream && keepalive && keepalive.args[0]?.value !== '0')
          checkKept(route, fault, handler.directive, keepalive, upstream.name);
        else checkUnkept(route, fault, handler.directive);
      },
    };
  },
});

type Fault = 'version' | 'connection';

function faultOf({ scope }: Route): Fault | undefined {
  if (scope.certainty('proxy_http_version') === 'unread' || scope.certainty('proxy_set_header') === 'unread')
    return undefined;
  const version = scope.effective('proxy_http_version').at(-1)?.args[0]?.value ?? '1.0';
  if (version === '1.0') return 'version';
  return version === '1.1' && !setsConnection(scope) ? 'connection' : undefined;
}
