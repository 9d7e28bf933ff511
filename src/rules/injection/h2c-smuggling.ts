import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';
import { upgradeHeader, upgradeParameter, isRestricted, isWithin } from './_upgrades.ts';

export default defineRule({
  meta: {
    summary: 'A client can upgrade its connection to HTTP/2 with the backend and pass by the rules of the proxy',
    why: 'A backend that accepts "Upgrade: h2c" then speaks HTTP/2 with the client through a tunnel, in which the proxy sees no request: denied paths, logins and headers set here no longer count.',
    how: {
      nginx:
        'Pass on an upgrade to WebSocket only: let a "map" on $http_upgrade give "upgrade" for "websocket" and "" for all else, and never pass on $http_connection.',
      apache: 'Pass on an upgrade to WebSocket only: write "upgrade=websocket".',
    },
    whenOff: 'Where the backend does not speak HTTP/2 without TLS.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    options: {
      unrestricted: {
        type: 'boolean',
        default: false,
        description: 'Report an upgrade of any kind also where no path of the same backend is restricted here.',
      },
    },
    pedanticOptions: { unrestricted: true },
    references: [
      'https://bishopfox.com/blog/h2c-smuggling-request',
      'https://nginx.org/en/docs/http/websocket.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages: {
    connection:
      'The backend gets "Upgrade" and "Connection" just as the client sent them, so an upgrade to HTTP/2 passes too.',
    denied:
      'An upgrade to HTTP/2 passes here, and in it a client reaches "{{path}}" of the same backend, which is restricted.',
    http2: 'An upgrade to HTTP/2 passes here.',
    any: 'An upgrade of any kind passes here, one to HTTP/2 too.',
  },
  check({ config, dialect, options, report }) {
    const reported = new Set<Directive>();

    function check(route: ProxyRoute, routes: readonly Route[]): void {
      const at = dialect === 'nginx' ? upgradeHeader(route) : upgradeParameter(route);
      if (!at || reported.has(at)) return;
      const connection = route.backend.headers.get('connection');
      if (dialect === 'nginx' && connection?.value === '$http_connection' && connection.origin !== 'default') {
        reported.add(at);
        report({
          message: 'connection',
          at: connection.origin,
          related: [{ at, message: '"Upgrade" is passed on here' }],
        });
        return;
      }
      const denied = routes.find((other) => other !== route && isRestricted(other) && isWithin(other, route));
      if (!denied && !options.unrestricted) return;
      if (dialect === 'nginx' && !upgradesAll(route)) return;
      if (!denied || isRestricted(route)) {
        if (!options.unrestricted) return;
        reported.add(at);
        const isNamed = at.args.some(({ value }) => /^upgrade=h2c$/i.test(value));
        report({ message: isNamed ? 'http2' : 'any', at, severity: 'info', confidence: 'low' });
        return;
      }
      reported.add(at);
      const related = [{ at: denied.directive, message: 'restricted here' }];
      report({ message: 'denied', at, data: { path: denied.match.pattern }, related, confidence: 'low' });
    }

    /** `Connection` asks for the upgrade whatever its kind: fixed, or by a map whose default does. */
    function upgradesAll(route: ProxyRoute): boolean {
      const connection = route.backend.headers.get('connection');
      if (!connection || typeof connection.value !== 'string' || connection.origin === 'default') return false;
      if (/^upgrade$/i.test(connection.value)) return true;
      const name = /^\$\{?(\w+)\}?$/.exec(connection.value)?.[1];
      const definitions = name === undefined ? [] : variablesOf(config).definitions.of(name, connection.origin);
      return definitions.some(
        ({ key, block }) =>
          key === 'map' && childrenNamed(block, 'default').some(({ args }) => /^upgrade$/i.test(args[0]?.value ?? '')),
      );
    }

    return {
      virtualHost({ routes }) {
        for (const route of routes) {
          const proxied = proxyRoute(route);
          if (proxied && proxied.handler.target.scheme === 'http') check(proxied, routes);
        }
      },
    };
  },
});
