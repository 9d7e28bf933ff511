import type { Route, Target } from '../../model/model.ts';
import type { Directive, Word } from '../../syntax/tree.ts';
import { lineAfter } from '../../edits/lines.ts';
import { isAuxiliary, isStaticPath, proxyRoute } from '../_shared/backends.ts';
import {
  originOf,
  prefixPass,
  redirectOrigin,
  reversesBelow,
} from '../../servers/apache/meaning/proxy-pass-reverse.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A ProxyPass whose redirects are not mapped back by a ProxyPassReverse',
    why: 'Redirects of the backend carry its own address, which clients cannot reach, unless ProxyPassReverse replaces it.',
    how: 'Add "ProxyPassReverse" with the same path and URL. A backend that never redirects, or that is told its public name (ProxyPreserveHost On and the same path), needs none.',
    whenOff: 'Where the backend sends no redirects, or only to its public URL.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
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
        if (scope.certainty('proxypassreverse') === 'unread' || handler.kind !== 'proxy') return;
        if (isMappedBack(route)) return;
        report({
          message: 'missing',
          at: handler.directive,
          data: { url: pass.url.value, path: pass.path },
          fix: {
            title: 'Add ProxyPassReverse',
            edits: [lineAfter(handler.directive, reverseOf(handler.directive, pass.url))],
          },
        });
      },
    };
  },
});

/** ProxyPassReverse with the words of the ProxyPass; inside of a section it takes no path either. */
function reverseOf(pass: Directive, url: Word): string {
  const mapped = url.raw.replace(/h2:(?=\/\/)/i, 'https:').replace(/h2c:(?=\/\/)/i, 'http:');
  const words = pass.args[0] === url ? [mapped] : [pass.args[0]!.raw, mapped];
  return ['ProxyPassReverse', ...words].join(' ');
}

function isMappedBack(route: Route): boolean {
  const { handler } = route;
  const { origins, hasUnknown } = reversesBelow(route);
  if (handler.kind !== 'proxy' || hasUnknown) return true;
  return redirectOrigins(handler.target).every((names) => names.some((name) => origins.has(name)));
}

/** Each origin that a redirect may carry: any of the names maps it back. A balancer's redirects carry the address of a member. */
function redirectOrigins({ word, upstream }: Target): string[][] {
  // The scheme of a backend in place of that of the web is a finding of proxy-pass-reverse-mismatch.
  const own = [redirectOrigin(word.value), originOf(word.value)];
  const members = upstream?.servers.map(({ address }) => originOf(address.value)) ?? [];
  return members.length === 0 ? [own] : members.map((member) => [...own, member]);
}

/** With the client's Host and the same path, what the backend makes of itself is right already. */
function knowsItsName({ scope }: Route): boolean {
  return isOn(scope, 'proxypreservehost');
}
