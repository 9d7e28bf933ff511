import type { HeaderOp } from '../../model/model.ts';
import { definitionsOf, type Definitions } from '../../servers/nginx/meaning/definitions.ts';
import { children } from '../../syntax/walk.ts';
import type { Directive } from '../../syntax/tree.ts';
import { proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A header of HTTP/1.1 connections that is sent to an HTTP/2 backend',
    why: 'HTTP/2 forbids Connection, Upgrade, Keep-Alive and Transfer-Encoding: a backend answers such a request with an error or closes the connection. There is no upgrade in HTTP/2; a WebSocket needs HTTP/1.1 to the backend.',
    how: 'Remove the header, or speak HTTP/1.1 with the backend where WebSockets pass: "proxy_http_version 1.1;".',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ proxy_http_version: /^2/ }, 'grpc_pass'] },
    references: [
      'https://www.rfc-editor.org/rfc/rfc9113#name-connection-specific-header-',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version',
    ],
  },
  messages: {
    forbidden: 'HTTP/2 has no header "{{header}}": the backend refuses every request.',
    sometimes:
      'HTTP/2 has no header "{{header}}": the backend refuses every request in which "{{value}}" is not empty.',
  },
  check({ config, report }) {
    const told = new Set<Directive>();
    let definitions: Definitions | undefined;

    function check(route: ProxyRoute): void {
      for (const name of forbidden) {
        const op = route.backend.headers.get(name);
        if (!op || op.origin === 'default' || op.action === 'unset' || told.has(op.origin)) continue;
        if (name === 'te' && op.value === 'trailers') continue;
        told.add(op.origin);
        say(op, op.origin, route);
      }
    }

    function say(op: HeaderOp, at: Directive, { handler }: ProxyRoute): void {
      const value = typeof op.value === 'string' ? op.value : '';
      const related = [{ at: handler.directive, message: 'HTTP/2 is spoken here' }];
      if (isNeverEmpty(value, at)) report({ message: 'forbidden', at, data: { header: op.name }, related });
      else report({ message: 'sometimes', at, data: { header: op.name, value }, severity: 'warning', related });
    }

    function isNeverEmpty(value: string, at: Directive): boolean {
      if (!value.includes('$')) return true;
      const name = /^\$\{?(\w+)\}?$/.exec(value)?.[1];
      definitions ??= definitionsOf(config);
      const [map, ...others] = name === undefined ? [] : definitions.of(name, at);
      if (map?.key !== 'map' || !map.block || others.length > 0) return false;
      const entries = children(map.block).filter(({ args }) => args.length > 0);
      return (
        entries.some(({ key }) => key === 'default') &&
        entries.every(({ key, args }) => key !== 'include' && args[0]!.value !== '' && !args[0]!.value.includes('$'))
      );
    }

    return {
      route(route) {
        const proxied = proxyRoute(route, ['http', 'grpc']);
        const version = proxied?.backend.httpVersion.value;
        if (proxied && (version === '2' || version === '2.0')) check(proxied);
      },
    };
  },
});

const forbidden = ['connection', 'upgrade', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'te'];
