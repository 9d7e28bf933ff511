import type { Route } from '../../ir/model.ts';
import { isAuxiliary, isStaticPath, proxyRoute } from '../_shared/backends.ts';
import { originOf, prefixPass, reversesOf, type Reverse } from '../_shared/proxy-pass-reverse.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A ProxyPass whose redirects are not mapped back by a ProxyPassReverse',
    why: 'Redirects of the backend carry its own address, which clients cannot reach, unless ProxyPassReverse replaces it.',
    how: 'Add "ProxyPassReverse" with the same path and URL. A backend that never redirects, or that is told its public name (ProxyPreserveHost On and the same path), needs none.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassreverse'],
  },
  messages: {
    missing: 'No ProxyPassReverse maps redirects of "{{url}}" back to "{{path}}".',
  },
  check({ report }) {
    return {
      route(route) {
        const pass = proxyRoute(route) && prefixPass(route);
        if (!pass || isAuxiliary(route) || isStaticPath(route) || knowsItsName(route)) return;
        const { scope, handler } = route;
        const certainty = scope.certainty('proxypassreverse');
        if (certainty === 'unread' || handler.kind !== 'proxy') return;
        const origin = originOf(pass.url.value);
        if (reversesOf(scope).some((reverse) => mapsBack(reverse, pass.url.value, origin))) return;
        report({ message: 'missing', at: handler.directive, data: { url: pass.url.value, path: pass.path } });
      },
    };
  },
});

/** A balancer's redirects carry the address of one of its members. */
function mapsBack(reverse: Reverse, target: string, origin: string): boolean {
  return reverse.origin === origin || target.startsWith('balancer:') || /[$%]/.test(reverse.url.value);
}

/** With the client's Host and the same path, what the backend makes of itself is right already. */
function knowsItsName({ scope }: Route): boolean {
  return scope.effective('proxypreservehost').at(-1)?.args[0]?.value.toLowerCase() === 'on';
}
