import type { Route } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: '"try_files" and proxy_pass in one location',
    why: 'try_files comes before the proxy: a request that finds a file goes to the proxy, not to the file, and one that finds none goes to the last parameter and not to the proxy.',
    how: 'Move proxy_pass to a named location and end try_files with it: "try_files $uri @backend;".',
    whenOff: 'Where only requests for files that exist are meant to reach the backend.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['try_files'] },
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#try_files'],
  },
  messages: {
    together:
      'Only requests for files that exist reach "{{target}}", and the files themselves are not served; all others end at "{{last}}".',
  },
  check: ({ report }) => ({
    route(route: Route) {
      const { scope, handler, match } = route;
      const tries = scope.own('try_files')[0];
      if (!tries || handler.kind !== 'proxy' || match.kind === 'condition' || route.preemptedBy) return;
      // FastCGI and its like run the file; the others have no use for it.
      if (handler.protocol !== 'http' && handler.protocol !== 'grpc') return;
      const last = tries.args.at(-1);
      if (!last || !tries.args.slice(0, -1).some(({ value }) => /\$\{?(?:document_)?uri\b/.test(value))) return;
      report({
        message: 'together',
        at: tries,
        data: { target: handler.target.word.value, last: last.value },
        related: [{ at: placeIn(handler.directive, handler.target.word), message: 'the proxy' }],
        witness: `curl -i 'http://host${match.kind === 'prefix' ? match.pattern : '/'}'`,
      });
    },
  }),
});
