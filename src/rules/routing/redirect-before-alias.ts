import type { Route } from '../../model/model.ts';
import { isListedPass, isExclusion, isOwn, PrefixTable } from '../../servers/apache/meaning/proxy-pass.ts';
import { regexPaths } from '../../servers/apache/meaning/paths.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An Alias that no request reaches, because Redirect, ProxyPass or an earlier Alias takes its path',
    why: 'Apache asks ProxyPass before Redirect and Redirect before Alias, wherever they stand in the file; among Alias directives the first match wins.',
    how: 'Take the path out of the wider directive: "ProxyPass /path !" before the ProxyPass, RedirectMatch with an expression that leaves it out, or the longer Alias first.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['alias*', 'scriptalias*'] },
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#order',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages: {
    redirected:
      'No request reaches "{{directive}} {{path}}": "{{winner}}" is asked before any Alias and takes these requests.',
    proxied:
      'No request reaches "{{directive}} {{path}}": "{{winner}}" is asked before any Alias and takes these requests.',
    shadowed: 'No request reaches "{{directive}} {{path}}": "{{winner}}" comes first and takes these requests.',
  },
  check({ report }) {
    return {
      virtualHost(host) {
        const { routes } = host;
        const redirects = new PrefixTable();
        const passes = new PrefixTable();
        const exclusions = new PrefixTable();
        for (const route of routes) {
          if (isRedirect(route)) redirects.add(route);
          const wide = takesAllBelow(route);
          if (wide) redirects.add(wide);
          if (isExcludingLocation(route)) exclusions.add(route);
          if (isListedPass(route)) (isExclusion(route) ? exclusions : passes).add(route);
        }
        // Those of the virtual host come before those of the main server, which they are there to replace.
        const hasExclusions = routes.some((route) => isExcludingLocation(route) || isExclusion(route));
        const aliases = { own: new PrefixTable(), inherited: new PrefixTable() };
        for (const route of routes) {
          const path = aliasedPath(route);
          if (path === undefined) continue;
          const level = aliases[isOwn(route, host) ? 'own' : 'inherited'];
          const { directive, match } = route;
          const takes = (table: PrefixTable): Route | undefined => table.covering(path, directive);
          // What an expression matches may be excluded in part.
          const isExcluded = takes(exclusions) !== undefined || (match.kind === 'regex' && hasExclusions);
          const proxied = isExcluded ? undefined : takes(passes);
          const redirected = takes(redirects);
          const winner = proxied ?? redirected ?? takes(level);
          if (winner) {
            report({
              message: proxied ? 'proxied' : redirected ? 'redirected' : 'shadowed',
              at: directive,
              data: {
                directive: directive.name.value,
                path: match.pattern,
                winner: `${winner.directive.name.value} ${winner.match.pattern}`,
              },
              related: [{ at: winner.directive, message: 'takes the requests' }],
            });
          }
          level.add(route);
        }
      },
    };
  },
});

/** The path below which all requests are that an Alias or AliasMatch takes; undefined for another route. */
function aliasedPath({ directive, match, parent }: Route): string | undefined {
  if (parent || !/^(?:script)?alias(?:match)?$/.test(directive.key)) return undefined;
  if (!directive.key.endsWith('match')) return match.kind === 'prefix' ? match.pattern : undefined;
  const begin = regexPaths(match.pattern).prefix;
  return `/${begin.slice(1, begin.lastIndexOf('/') + 1)}`;
}

function isRedirect({ directive, parent }: Route): boolean {
  return !parent && /^redirect(?:permanent|temp)?$/.test(directive.key);
}

/** `RedirectMatch ^/path/(.*)$` as the prefix that it stands for. */
function takesAllBelow(route: Route): Route | undefined {
  const { directive, match, parent } = route;
  if (parent || directive.key !== 'redirectmatch') return undefined;
  const prefix = /^\^((?:\/[\w-]+)+\/?|\/)(?:\(?\.\*\)?\$?)?$/.exec(match.pattern)?.[1];
  // Without a slash at its end it takes "/pathology", too.
  return prefix === undefined ? undefined : { ...route, match: { ...match, kind: 'prefix', pattern: prefix } };
}

/** `<Location /path> ProxyPass ! </Location>`: it wins over the list. */
function isExcludingLocation({ directive, handler }: Route): boolean {
  return directive.key === 'location' && handler.kind === 'static';
}
