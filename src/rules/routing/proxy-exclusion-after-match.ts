import type { Route } from '../../model/model.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';
import { isExclusion, isListedPass, PrefixTable } from '../../servers/apache/meaning/proxy-pass.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An exclusion (ProxyPass /path ! or no-proxy) that has no effect, because the request is already proxied',
    why: 'The first ProxyPass that matches wins, and one inside <Location> wins over all outside: the excluded path is proxied all the same. The variable "no-proxy" is looked at before SetEnv and sections for paths come into effect.',
    how: 'Put the exclusion before the ProxyPass that it is an exception of; for a ProxyPass inside <Location>, write it as "ProxyPass !" in a later <Location> of its own. Set "no-proxy" with SetEnvIf outside of all sections.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      apache: [{ proxypass: /^!$/, setenv: /^no-proxy/i, setenvif: /^no-proxy/i, setenvifnocase: /^no-proxy/i }],
    },
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
      'https://httpd.apache.org/docs/2.4/mod/mod_env.html#setenv',
    ],
  },
  messages: {
    afterMatch: '"{{path}}" is proxied all the same: "{{earlier}}" comes before this exclusion and takes it.',
    tooLate: 'Requests are proxied all the same: {{what}} sets "no-proxy" only after the backend was chosen.',
    inLocation:
      '"{{path}}" is proxied all the same: the ProxyPass in <Location "{{location}}"> is asked before this exclusion.',
  },
  check({ report }) {
    function checkExclusion(route: Route, listed: PrefixTable, locations: PrefixTable): void {
      const path = route.match.pattern;
      const location = locations.covering(path, route.directive);
      const earlier = listed.covering(path, route.directive);
      const related = (winner: Route): { at: Route['directive']; message: string }[] => [
        { at: winner.directive, message: 'takes the requests' },
      ];
      if (location) {
        report({
          message: 'inLocation',
          at: route.directive,
          data: { path, location: location.match.pattern },
          related: related(location),
        });
      } else if (earlier && !isExclusion(earlier)) {
        const data = { path, earlier: `${earlier.directive.name.value} ${earlier.match.pattern}` };
        report({ message: 'afterMatch', at: route.directive, data, related: related(earlier) });
      }
    }

    function checkVariable(directive: Directive, position: number): void {
      if (!directive.args.slice(position).some(({ value }) => /^no-proxy(?:=|$)/i.test(value))) return;
      const around = enclosing(directive);
      const isSection = around !== undefined && /^(?:directory|location|files)(?:match)?$/.test(around.key);
      if (!isSection && directive.key !== 'setenv') return;
      const what = isSection ? `${directive.name.value} in <${around.name.value}>` : directive.name.value;
      report({ message: 'tooLate', at: directive, data: { what } });
    }

    return {
      directives: {
        setenv: (directive) => checkVariable(directive, 0),
        setenvif: (directive) => checkVariable(directive, 2),
        setenvifnocase: (directive) => checkVariable(directive, 2),
      },
      virtualHost({ routes }) {
        const listed = new PrefixTable();
        const locations = new PrefixTable();
        for (const route of routes) if (isProxyingLocation(route)) locations.add(route);
        for (const route of routes) {
          if (!isListedPass(route)) continue;
          if (isExclusion(route) && route.match.kind === 'prefix') checkExclusion(route, listed, locations);
          listed.add(route);
        }
      },
    };
  },
});

function isProxyingLocation({ directive, handler }: Route): boolean {
  return directive.key === 'location' && handler.kind === 'proxy' && handler.directive.key === 'proxypass';
}
