import type { VirtualHost } from '../../model/model.ts';
import { backendName, proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { apacheHttpPass, nginxHttpPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  byDefault: 'WebSocket connections to "{{backend}}" are closed after 60 seconds of silence, the default.',
} as const;

export default defineRule({
  meta: {
    summary: 'A route for WebSockets keeps the timeout of 60 seconds',
    why: 'The server closes a WebSocket connection over which nothing was sent for that long: clients reconnect each minute unless the application pings.',
    how: {
      nginx:
        'Set proxy_read_timeout in the location above the interval at which the backend sends pings, for example "proxy_read_timeout 1h;".',
      apache: 'Set "timeout=" at the ProxyPass above the interval at which the backend sends pings, in seconds.',
    },
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: nginxHttpPass, apache: apacheHttpPass },
    references: [
      'https://nginx.org/en/docs/http/websocket.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({ virtualHost: (host) => check(context, host, isNginxDefault) }),
    apache(context) {
      const hosts: VirtualHost[] = [];
      // It may set the time for any worker.
      let isSetElsewhere = false;
      return {
        directives: { proxyset: () => void (isSetElsewhere = true) },
        virtualHost: (host) => void hosts.push(host),
        end() {
          if (!isSetElsewhere) for (const host of hosts) check(context, host, isApacheDefault);
        },
      };
    },
  },
});

type Context = RuleContext<typeof messages>;

function check({ report }: Context, { routes }: VirtualHost, isDefault: (route: ProxyRoute) => boolean): void {
  const [first, ...others] = routes.flatMap((route) => {
    const proxied = proxyRoute(route);
    if (!proxied || proxied.backend.websocket.state !== 'full' || route.match.kind === 'condition') return [];
    return isDefault(proxied) ? proxied : [];
  });
  if (!first) return;
  report({
    message: 'byDefault',
    at: first.handler.directive,
    confidence: first.scope.certainty('proxy_read_timeout') === 'known' ? 'medium' : 'low',
    data: { backend: backendName(first.handler.target) },
    related: others.map(({ handler }) => ({ at: handler.directive, message: 'the same holds here' })),
  });
}

function isNginxDefault({ scope }: ProxyRoute): boolean {
  return scope.effective('proxy_read_timeout').length === 0 && scope.certainty('proxy_read_timeout') !== 'unread';
}

/** The longer of two waits ends the tunnel. Packages set Timeout in their main file, which a piece of a config does not show. */
function isApacheDefault({ scope, handler }: ProxyRoute): boolean {
  const isWritten = handler.directive.args.some(({ value }) => /^timeout=/i.test(value));
  if (isWritten || handler.target.upstream) return false;
  return ['proxytimeout', 'timeout'].every(
    (key) => scope.effective(key).length === 0 && scope.certainty(key) === 'known',
  );
}
