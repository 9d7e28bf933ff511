import type { Route, VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { patternSection } from '../../servers/apache/meaning/proxy-pass.ts';
import {
  originOf,
  pathOf,
  prefixPass,
  redirectOrigin,
  reversesOf,
  trim,
  type Reverse,
} from '../../servers/apache/meaning/proxy-pass-reverse.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';

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
    needs: { apache: ['proxypassreverse'] },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassreverse'],
  },
  messages: {
    otherUrl:
      'ProxyPassReverse for "{{path}}" names "{{url}}", but the path is proxied to "{{target}}": redirects are not mapped back.',
    otherPath:
      'ProxyPassReverse maps redirects of "{{url}}" to "{{path}}", but this backend answers under "{{proxied}}".',
    scheme: 'Redirects of an HTTP/2 backend carry "{{scheme}}", so "{{url}}" maps none of them back.',
    pattern:
      'In <{{section}}> ProxyPassReverse puts the pattern itself, "{{pattern}}", into the redirects of the backend as their path.',
    slash:
      'ProxyPassReverse for "{{path}}" names "{{url}}" with other slashes at the end: a redirect to "{{target}}x" becomes "{{result}}".',
  },
  check({ report }) {
    function checkPass(route: Route, path: string, url: Word): void {
      const { byPath, byUrl } = reversesOf(route.scope);
      const own = byPath.get(trim(path)) ?? [];
      if (own.some((reverse) => isPrefix(reverse.url.value, url.value))) {
        checkSlash(own, url);
        return;
      }
      const related = [
        { at: route.handler.kind === 'proxy' ? route.handler.directive : route.directive, message: 'what is proxied' },
      ];
      // Those with the scheme of a backend have a finding of their own.
      const wrong = own.find(({ url: { value } }) => !/^h2c?:/i.test(value));
      if (wrong) {
        const data = { path, url: wrong.url.value, target: url.value };
        report({ message: 'otherUrl', at: placeIn(wrong.directive, wrong.url), data, related });
        return;
      }
      const elsewhere = byUrl.get(redirectOrigin(url.value) + pathOf(url.value))?.[0];
      if (!elsewhere || isProxied(route, elsewhere)) return;
      const data = { path: elsewhere.path, url: elsewhere.url.value, proxied: path };
      report({ message: 'otherPath', at: elsewhere.directive, data, related });
    }

    function checkSlash(reverses: readonly Reverse[], target: Word): void {
      const [first] = reverses;
      if (reverses.length !== 1 || !first || !target.value.endsWith('/')) return;
      const { path, url, directive } = first;
      if (!path.endsWith('/') || url.value.endsWith('/') || !isSameUrl(url.value, target.value)) return;
      const data = { path, url: url.value, target: target.value, result: `${path}/x` };
      report({ message: 'slash', at: placeIn(directive, url), severity: 'info', confidence: 'high', data });
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

    return {
      directives: {
        proxypassreverse(directive) {
          checkScheme(directive);
          checkSection(directive);
        },
      },
      route(route) {
        const pass = prefixPass(route);
        if (!pass || route.scope.certainty('proxypassreverse') === 'unread' || pass.url.value.startsWith('balancer:'))
          return;
        if (isOn(route.scope, 'proxypreservehost')) return;
        checkPass(route, pass.path, pass.url);
      },
    };
  },
});

/** True if redirects below the target begin with the URL. */
function isPrefix(reverse: string, target: string): boolean {
  return originOf(reverse) === redirectOrigin(target) && pathOf(target).startsWith(pathOf(reverse));
}

function isSameUrl(reverse: string, target: string): boolean {
  return originOf(reverse) === redirectOrigin(target) && pathOf(reverse) === pathOf(target);
}

/** True if the path of the ProxyPassReverse is proxied to its URL by another route. */
function isProxied({ virtualHost }: Route, reverse: Reverse): boolean {
  const { hasOther, byPath } = passesOf(virtualHost);
  if (hasOther) return true;
  return (byPath.get(trim(reverse.path)) ?? []).some((url) => isPrefix(reverse.url.value, url));
}

interface Passes {
  /** Whether there is one whose paths cannot be told from a prefix. */
  readonly hasOther: boolean;
  /** The URLs that the paths are proxied to, without a slash at the end of the path. */
  readonly byPath: ReadonlyMap<string, readonly string[]>;
}

const passes = new WeakMap<VirtualHost, Passes>();

function passesOf(host: VirtualHost): Passes {
  let found = passes.get(host);
  if (!found) {
    const byPath = new Map<string, string[]>();
    let hasOther = false;
    for (const route of host.routes) {
      if (route.handler.kind !== 'proxy') continue;
      const pass = prefixPass(route);
      if (!pass) hasOther ||= route.match.kind !== 'prefix';
      else {
        const path = trim(pass.path);
        const same = byPath.get(path);
        if (same) same.push(pass.url.value);
        else byPath.set(path, [pass.url.value]);
      }
    }
    passes.set(host, (found = { hasOther, byPath }));
  }
  return found;
}
