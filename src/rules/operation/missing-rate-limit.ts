import type { VirtualHost } from '../../model/model.ts';
import { defineRule } from '../define-rule.ts';

const limits = ['limit_req', 'limit_conn'];

export default defineRule({
  meta: {
    summary: 'An application without a limit of requests or connections',
    why: 'One client can take all that the backend has: passwords are tried as fast as the server answers.',
    how: 'Limit what is expensive or worth trying, such as logins, with "limit_req" or "limit_conn".',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html',
      'https://nginx.org/en/docs/http/ngx_http_limit_conn_module.html',
    ],
  },
  messages: { unlimited: 'No "limit_req" or "limit_conn" holds in this server, which hands requests to a backend.' },
  check({ config, report }) {
    if (!config.complete) return {};
    return {
      virtualHost(host) {
        if (!host.directive || isLimited(host)) return;
        if (host.routes.some(({ handler, preemptedBy }) => handler.kind === 'proxy' && !preemptedBy))
          report({ message: 'unlimited', at: host.directive });
      },
    };
  },
});

function isLimited({ scope, routes }: VirtualHost): boolean {
  const scopes = [scope, ...routes.map((route) => route.scope)];
  return limits.some((key) => scopes.some((each) => each.effective(key).length > 0));
}
