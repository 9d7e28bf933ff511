import { unknown, type Route } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { ask } from '../../requests/ask.ts';
import { curlOf, requestTo } from '../../requests/request-to.ts';

export default defineRule({
  meta: {
    summary: 'A path in proxy_pass that a rewrite replaces',
    why: 'Where a rewrite with "break" has changed the path, nginx sends that path as it is, and leaves out the one in proxy_pass.',
    how: 'Write the whole path into the rewrite, "rewrite ^/app/(.*)$ /base/$1 break;", and none into proxy_pass; or leave the rewrite out where a prefix is replaced only.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [['rewrite'], ['proxy_pass']] },
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  },
  messages: {
    replaced:
      '"{{path}}" of proxy_pass is not sent: the rewrite has changed the path, so that "{{from}}" becomes "{{to}}".',
  },
  check({ config, model, targets, report }) {
    function check(route: Route): void {
      const { handler, match, scope, virtualHost } = route;
      if (handler.kind !== 'proxy' || handler.directive.key !== 'proxy_pass' || match.kind !== 'prefix') return;
      const { word, path } = handler.target;
      if (path === undefined || path === unknown || path === '/' || word.value.includes('$')) return;
      const rewrite = scope.own('rewrite').find(({ args }) => args[2]?.value === 'break');
      if (!rewrite) return;
      const from = match.pattern.endsWith('/') ? `${match.pattern}x` : `${match.pattern}/x`;
      const request = requestTo(virtualHost, virtualHost.listeners[0], from);
      if (!request) return;
      const { outcome } = ask({ config, model, targets }, request);
      // What the location would send without the rewrite, and what begins so, is as it is meant.
      if (outcome.kind !== 'proxy' || outcome.uri.startsWith(path)) return;
      report({
        message: 'replaced',
        at: placeIn(handler.directive, word),
        data: { path, from, to: outcome.uri },
        related: [{ at: rewrite, message: 'changes the path' }],
        witness: curlOf(request),
      });
    }

    return {
      route(route) {
        if (!route.internal && !route.preemptedBy) check(route);
      },
    };
  },
});
