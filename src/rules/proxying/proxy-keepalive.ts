import type { Edit } from '../finding.ts';
import { keepaliveByDefault } from '../../servers/nginx/model/headers.ts';
import type { Route, Scope } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { addProxyHeader, takesSettings } from '../../edits/proxy-header.ts';
import { insertBefore } from '../../edits/statements.ts';
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

function fixOf(
  route: Route,
  proxyPass: Directive,
): { readonly fix?: { readonly title: string; readonly edits: Edit[] } } {
  if (!takesSettings(proxyPass)) return {};
  return { fix: { title: 'Keep the connections', edits: editsFor(route, proxyPass) } };
}

/** What the route lacks of the two lines. */
function editsFor(route: Route, proxyPass: Directive): Edit[] {
  const { scope } = route;
  const edits: (Edit | undefined)[] = [];
  const version = scope.effective('proxy_http_version').at(-1);
  const number = version?.args[0];
  if (!version || !number) edits.push(insertBefore(proxyPass, ['proxy_http_version 1.1']));
  else if (number.value === '1.0') edits.push({ place: placeIn(version, number), text: '1.1' });
  const close = connectionOf(scope);
  const value = close?.args[1];
  if (!close || !value) edits.push(addProxyHeader(route, 'proxy_set_header Connection ""'));
  else if (value.value === 'close') edits.push({ place: placeIn(close, value), text: '""' });
  return edits.filter((edit) => edit !== undefined);
}

function setsConnection(scope: Scope): boolean {
  const value = connectionOf(scope)?.args[1]?.value;
  return value !== undefined && value !== 'close';
}

function connectionOf(scope: Scope): Directive | undefined {
  return scope.effective('proxy_set_header').findLast(({ args }) => args[0]?.value.toLowerCase() === 'connection');
}
