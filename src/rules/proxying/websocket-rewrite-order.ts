import type { Route } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { defineRule } from '../define-rule.ts';
import { readUrl } from '../../model/url.ts';
import { checkOthers, messages } from './_other-backends.ts';
import { isEverything, isHttp, isProxyRule, takesAllOf, takesPlain } from './_upgrade-rules.ts';

export default defineRule({
  meta: {
    summary: 'A RewriteRule to ws:// that is never reached, that takes other requests too, or that forgets the path',
    why: 'Rewrite rules run in the order of the file and a [P] rule ends them. The rule to ws:// must come first, hold only for requests with "Upgrade: websocket", and hand on the path.',
    how: 'Write "RewriteCond %{HTTP:Upgrade} =websocket [NC]" and "RewriteRule ^/(.*) ws://backend/$1 [P]" before the other rules; since 2.4.47 "ProxyPass / http://backend/ upgrade=websocket" does it alone.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['rewriterule'] },
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#wsupgrade',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy_wstunnel.html',
    ],
  },
  messages,
  check(context) {
    const { targets, report } = context;

    function checkRule(route: Route, earlier: readonly Route[], all: readonly Route[]): void {
      if (route.handler.kind !== 'proxy' || route.handler.protocol !== 'websocket') return;
      const { directive } = route;
      const { word } = route.handler.target;
      const winner = earlier.find((other) => takesAllOf(other, route) && holdsWith(other.directive, directive));
      if (winner?.handler.kind === 'proxy') {
        const data = { target: winner.handler.target.word.value };
        report({
          message: 'afterCatchAll',
          at: directive,
          severity: 'error',
          data,
          related: [{ at: winner.directive, message: 'takes the requests' }],
        });
      }
      if (!isEverything(route)) return;
      if (route.conditions.length === 0 && all.some((other) => isHttp(other)) && !winner)
        reportCondition(directive, word.value);
      const { authority, pathAndQuery } = readUrl(word.value);
      if (authority.isFixed && /^\/?$/.test(pathAndQuery.text) && /\(/.test(route.match.pattern)) {
        report({
          message: 'missingPath',
          at: placeIn(directive, word),
          confidence: 'medium',
          data: { target: word.value },
        });
      }
      if (!winner) checkOthers(context, route, all);
    }

    /** A rule for the other requests, behind one to ws:// that takes them as well. */
    function checkPlain(route: Route, earlier: readonly Route[]): void {
      if (!isHttp(route)) return;
      const { directive } = route;
      const winner = earlier.find((other) => takesPlain(other, route) && holdsWith(other.directive, directive));
      if (winner?.handler.kind !== 'proxy') return;
      report({
        message: 'afterUnconditional',
        at: directive,
        data: { target: winner.handler.target.word.value },
        related: [{ at: winner.directive, message: 'takes the requests' }],
      });
    }

    /** From 2.4.47 on, requests without an upgrade go on as plain HTTP. */
    function reportCondition(directive: Directive, target: string): void {
      const { apache } = targets;
      if (apache && !isBefore(apache, '2.4.47')) return;
      report({ message: 'missingCondition', at: directive, confidence: apache ? 'high' : 'low', data: { target } });
    }

    return {
      virtualHost({ routes }) {
        const earlier: Route[] = [];
        for (const route of routes) {
          if (route.parent || !isProxyRule(route)) continue;
          checkPlain(route, earlier);
          checkRule(route, earlier, routes);
          earlier.push(route);
        }
      },
    };
  },
});
