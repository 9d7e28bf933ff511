import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { isExclusion, isListedPass, PrefixTable } from '../../servers/apache/meaning/proxy-pass.ts';
import { rulesForAll, rulesForAnyPath } from '../_shared/rewritten-away.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A ProxyPass that no request reaches, because another one or a rewrite rule takes its path',
    why: 'Apache tries ProxyPass directives in the order of the file and stops at the first whose path is a prefix of the request, so a longer path after a shorter one is never used. A <Location> has room for one ProxyPass only, the last.',
    how: 'Put the longer paths first, and give each ProxyPass a <Location> of its own.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass'],
  },
  messages: {
    laterLocation:
      'No request reaches this ProxyPass: <Location "{{later}}"> comes later, matches as well, and the last one wins.',
    replaced: 'No request reaches this ProxyPass: the section holds only one, and "{{last}}" takes its place.',
    rewritten:
      'No request reaches "{{directive}} {{path}}": {{rules}} of this virtual host {{verb}} every request on, and mod_rewrite runs first.',
    shadowed: 'No request reaches "{{directive}} {{path}}": "{{earlier}}" comes first and takes these requests.',
  },
  check({ report }) {
    function checkSection(section: Directive): void {
      const passes = childrenNamed(section.block, 'proxypass');
      const last = passes.at(-1);
      for (const directive of passes.slice(0, -1))
        report({
          message: 'replaced',
          at: directive,
          data: { last: `ProxyPass ${last!.args[0]?.value ?? ''}` },
          related: [{ at: last!, message: 'takes its place' }],
        });
    }

    /** Sections are merged in the order of the file, so that a wide one at the end has the last word. */
    function checkLocations(routes: readonly Route[]): void {
      const later = new PrefixTable();
      for (const route of routes.toReversed()) {
        if (route.directive.key !== 'location' || route.handler.kind !== 'proxy') continue;
        const { directive: pass } = route.handler;
        if (pass.key !== 'proxypass' || route.match.kind !== 'prefix') continue;
        const winner = later.covering(route.match.pattern, route.directive);
        if (winner)
          report({
            message: 'laterLocation',
            at: pass,
            data: { later: winner.match.pattern },
            related: [{ at: winner.directive, message: 'takes the requests' }],
            how: 'Put the section with the longer path after the one with the shorter path.',
          });
        later.add(route);
      }
    }

    /** A path that is excluded from proxying is no more than that. */
    function checkRewritten(route: Route, forAnyPath: readonly Route[]): boolean {
      const { directive, match } = route;
      const rules = isExclusion(route) ? [] : rulesForAll(forAnyPath, directive);
      if (rules.length === 0) return false;
      const isOne = rules.length === 1;
      report({
        message: 'rewritten',
        at: directive,
        data: {
          directive: directive.name.value,
          path: match.pattern,
          rules: isOne ? 'a rewrite rule' : 'two rewrite rules with opposite conditions',
          verb: isOne ? 'hands' : 'hand',
        },
        related: rules.map((rule) => ({ at: rule.directive, message: 'takes requests' })),
        how: 'Leave it out, or the rules: from 2.4.47 on "ProxyPass / http://backend/ upgrade=websocket" does all of it.',
      });
      return true;
    }

    return {
      directives: { location: checkSection, locationmatch: checkSection },
      virtualHost({ routes }) {
        checkLocations(routes);
        const earlier = new PrefixTable();
        const forAnyPath = rulesForAnyPath(routes);
        for (const route of routes) {
          if (!isListedPass(route)) continue;
          if (checkRewritten(route, forAnyPath)) continue;
          const { directive, match } = route;
          const winner =
            match.kind === 'prefix' && !isExclusion(route) ? earlier.covering(match.pattern, directive) : undefined;
          if (winner) {
            report({
              message: 'shadowed',
              at: directive,
              data: {
                directive: directive.name.value,
                path: match.pattern,
                earlier: `${winner.directive.name.value} ${winner.match.pattern}`,
              },
              related: [{ at: winner.directive, message: 'takes the requests' }],
            });
          }
          earlier.add(route);
        }
      },
    };
  },
});
