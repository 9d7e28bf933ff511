import type { VirtualHost } from '../../model/model.ts';
import { backendName, proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A route for WebSockets keeps the read timeout of 60 seconds',
    why: 'nginx closes a WebSocket connection over which the backend sent nothing for proxy_read_timeout, 60 seconds by default: clients reconnect each minute unless the application pings.',
    how: 'Set proxy_read_timeout in the location above the interval at which the backend sends pings, for example "proxy_read_timeout 1h;".',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/http/websocket.html'],
  },
  messages: {
    byDefault: 'WebSocket connections to "{{backend}}" are closed after 60 seconds of silence, the default.',
  },
  check: ({ report }) => ({
    virtualHost(host) {
      const [first, ...others] = lacking(host);
      if (!first) return;
      report({
        message: 'byDefault',
        at: first.handler.directive,
        confidence: first.scope.certainty('proxy_read_timeout') === 'known' ? 'medium' : 'low',
        data: { backend: backendName(first.handler.target) },
        related: others.map(({ handler }) => ({ at: handler.directive, message: 'the same holds here' })),
      });
    },
  }),
});

function lacking({ routes }: VirtualHost): ProxyRoute[] {
  return routes.flatMap((route) => {
    const proxied = proxyRoute(route);
    if (!proxied || proxied.backend.websocket.state !== 'full' || route.match.kind === 'condition') return [];
    const { scope } = route;
    const isSet = scope.effective('proxy_read_timeout').length > 0;
    return isSet || scope.certainty('proxy_read_timeout') === 'unread' ? [] : proxied;
  });
}
