import type { Route } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { patternSection } from '../../servers/apache/meaning/proxy-pass.ts';
import {
  mapBack,
  pathOf,
  prefixPass,
  redirectOrigin,
  reversesBelow,
  trim,
} from '../../servers/apache/meaning/proxy-pass-reverse.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';
import { type Pass, type Mapped, passOf, leadsTo } from './_mapped-passes.ts';
import { checkCookies, checkScheme, checkSection, messages } from './_reverse-directives.ts';

export default defineRule({
  meta: {
    summary: 'A ProxyPassReverse that does not belong to the ProxyPass of its path',
    why: 'ProxyPassReverse replaces its URL at the beginning of a redirect by its path. If the URL is not that of the ProxyPass, redirects stay as the backend wrote them or lead to a wrong path.',
    how: 'Give ProxyPassReverse the path and the URL of the ProxyPass, with the same slashes at the end.',
    whenOff: 'Where redirects of the backend name another path than requests to it.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['proxypassreverse*'] },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassreverse'],
  },
  messages,
  check(context) {
    const { report } = context;

    function checkPass(route: Route, { path, url }: Pass): void {
      const preserved = isOn(route.scope, 'proxypreservehost');
      const reverses = reversesBelow(route);
      if (reverses.hasUnknown) return;
      // A backend that was given the Host of the client answers with it, or without a host; only a path maps that.
      const from = `${preserved ? '' : redirectOrigin(url.value)}${pathOf(url.value)}/x`;
      const mapped = mapBack(reverses, from);
      if (mapped) checkMapped(route, { ...mapped, from, meant: `${trim(path)}/x` });
      else if (!preserved) checkUnmapped(route, { path, url });
    }

    /** `from`: a redirect of the backend; `meant`: the path under which clients find its target. */
    function checkMapped(route: Route, mapped: Mapped): void {
      const { reverse, from, to, meant } = mapped;
      const { path, url, directive } = reverse;
      if (to === meant || !to.startsWith('/') || patternSection(directive)) return;
      const at = placeIn(directive, url);
      const isSlash = to.replace(/\/{2,}/g, '/') === meant;
      if (isSlash) {
        report({
          message: 'slash',
          at,
          severity: 'info',
          confidence: 'high',
          data: { path, url: url.value, from, to },
        });
      } else if (!leadsTo(route.virtualHost, to, from)) {
        const related = [{ at: passOf(route), message: 'what is proxied' }];
        report({ message: 'otherPath', at, data: { path, url: url.value, from, to, meant }, related });
      }
    }

    function checkUnmapped(route: Route, { path, url }: Pass): void {
      // Those with the scheme of a backend have a finding of their own.
      const own = reversesBelow(route).byPath.get(trim(path)) ?? [];
      const wrong = own.find(({ url: { value } }) => !/^h2c?:/i.test(value));
      if (!wrong) return;
      const data = { path, url: wrong.url.value, target: url.value };
      const related = [{ at: passOf(route), message: 'what is proxied' }];
      report({ message: 'otherUrl', at: placeIn(wrong.directive, wrong.url), data, related });
    }

    return {
      directives: {
        proxypassreversecookiepath: (directive) => checkCookies(context, directive),
        proxypassreversecookiedomain: (directive) => checkCookies(context, directive),
        proxypassreverse(directive) {
          checkScheme(context, directive);
          checkSection(context, directive);
        },
      },
      route(route) {
        const pass = prefixPass(route);
        if (!pass || route.scope.certainty('proxypassreverse') === 'unread' || pass.url.value.startsWith('balancer:'))
          return;
        checkPass(route, pass);
      },
    };
  },
});
