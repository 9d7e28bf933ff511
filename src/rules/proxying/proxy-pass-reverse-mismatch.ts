import type { Route } from '../../model/model.ts';
import { isHttpUrl } from '../../model/url.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
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

const cookieWhy =
  'Cookies that are not sent back end the session of the application: a login is asked for again and again.';
const cookieHow =
  'Write two paths, "ProxyPassReverseCookiePath / /app/", and two names, "ProxyPassReverseCookieDomain backend.internal app.example.com".';

export default defineRule({
  meta: {
    summary: 'A ProxyPassReverse that does not belong to the ProxyPass of its path',
    why: 'ProxyPassReverse replaces its URL at the beginning of a redirect by its path. If the URL is not that of the ProxyPass, redirects stay as the backend wrote them or lead to a wrong path.',
    how: 'Give ProxyPassReverse the path and the URL of the ProxyPass, with the same slashes at the end.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['proxypassreverse*'] },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassreverse'],
  },
  messages: {
    otherUrl:
      'ProxyPassReverse for "{{path}}" names "{{url}}", but the path is proxied to "{{target}}": redirects are not mapped back.',
    scheme: 'Redirects of an HTTP/2 backend carry "{{scheme}}", so "{{url}}" maps none of them back.',
    pattern:
      'In <{{section}}> ProxyPassReverse puts the pattern itself, "{{pattern}}", into the redirects of the backend as their path.',
    otherPath:
      'ProxyPassReverse for "{{path}}" names "{{url}}": a redirect to "{{from}}" becomes "{{to}}", but clients find that under "{{meant}}".',
    cookieTo:
      '"{{name}}" puts "{{url}}" into the cookies of the backend, where a {{what}} belongs: browsers do not take it.',
    cookieFrom: 'No cookie has the {{what}} "{{url}}": "{{name}}" maps none.',
    slash:
      'ProxyPassReverse for "{{path}}" names "{{url}}" with other slashes at the end: a redirect to "{{from}}" becomes "{{to}}".',
  },
  check({ report }) {
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

    function checkScheme(directive: Directive): void {
      const word = directive.args.at(-1);
      const scheme = /^h2c?(?=:)/i.exec(word?.value ?? '')?.[0].toLowerCase();
      if (!word || scheme === undefined) return;
      const meant = scheme === 'h2' ? 'https' : 'http';
      const edits = [{ place: placeIn(directive, word), text: word.raw.replace(/h2c?(?=:)/i, meant) }];
      report({
        message: 'scheme',
        at: placeIn(directive, word),
        confidence: 'high',
        data: { scheme: `${meant}://`, url: word.value },
        fix: { title: `Write "${meant}://"`, edits },
      });
    }

    function checkSection(directive: Directive): void {
      const section = patternSection(directive);
      if (!section) return;
      const data = { section: section.name.value, pattern: section.args.at(-1)?.value ?? '' };
      report({
        message: 'pattern',
        at: directive,
        confidence: 'high',
        data,
        how: 'Write ProxyPassReverse with path and URL outside of the section.',
      });
    }

    /** Both take a path, or a name, for what they replace and what they put in its place. */
    function checkCookies(directive: Directive): void {
      const isPath = directive.key.endsWith('path');
      const [from, to] = directive.args;
      const isWrong = ({ value }: Word): boolean => (isPath ? isHttpUrl(value) : value.includes('/'));
      const data = { name: directive.name.value, what: isPath ? 'path' : 'domain' };
      const common = { confidence: 'high', why: cookieWhy, how: cookieHow } as const;
      if (to && isWrong(to)) {
        report({ message: 'cookieTo', at: placeIn(directive, to), ...common, data: { ...data, url: to.value } });
      } else if (to && from && isWrong(from)) {
        const at = placeIn(directive, from);
        report({ message: 'cookieFrom', at, ...common, data: { ...data, url: from.value } });
      }
    }

    return {
      directives: {
        proxypassreversecookiepath: checkCookies,
        proxypassreversecookiedomain: checkCookies,
        proxypassreverse(directive) {
          checkScheme(directive);
          checkSection(directive);
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
