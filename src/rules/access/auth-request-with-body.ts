import { locationOfTarget } from '../../servers/nginx/meaning/locations.ts';
import type { Route } from '../../model/model.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A request of auth_request that announces a body and sends none',
    why: 'The subrequest passes on the headers of the client, "Content-Length" too, but never its body: the service that is asked waits for it, and each POST ends in an error 500 after a timeout.',
    how: 'Write "proxy_pass_request_body off;" and \'proxy_set_header Content-Length "";\' in the location that auth_request asks.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['auth_request'] },
    references: ['https://nginx.org/en/docs/http/ngx_http_auth_request_module.html'],
  },
  messages: {
    announced: 'The subrequest of "auth_request {{uri}}" passes on the "Content-Length" of a POST here, but no body.',
  },
  check({ report }) {
    return {
      virtualHost(host) {
        const told = new Set<Route>();
        for (const route of host.routes) {
          // Only what is handed on takes bodies; a page answers 405 to a POST, whoever sends it.
          if (route.handler.kind !== 'proxy' || route.preemptedBy) continue;
          const asking = route.scope.effective('auth_request').at(-1);
          const uri = asking?.args[0]?.value;
          const asked = uri?.startsWith('/') ? locationOfTarget(uri, host) : undefined;
          if (!asked || told.has(asked) || asked.handler.kind !== 'proxy' || !announcesBody(asked)) continue;
          told.add(asked);
          report({
            message: 'announced',
            at: asked.handler.directive,
            data: { uri: uri! },
            related: [{ at: asking!, message: 'asks this location' }],
          });
        }
      },
    };
  },
});

/** The backend gets the client's Content-Length, unless it is taken away or a body of its own is set. */
function announcesBody({ handler, backend, scope }: Route): boolean {
  if (handler.kind !== 'proxy' || handler.protocol !== 'http' || !backend || backend.certainty === 'unread')
    return false;
  if (backend.headers.get('content-length') || scope.effective('proxy_set_body').length > 0) return false;
  return !isOff(scope, 'proxy_pass_request_headers');
}
