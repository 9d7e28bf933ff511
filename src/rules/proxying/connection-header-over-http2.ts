import type { HeaderOp, Route } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { proxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A header for one HTTP/1.1 connection is sent to a backend over HTTP/2',
    why: 'HTTP/2 has no "Connection", "Upgrade" or "Keep-Alive": a backend takes a request with one of them for malformed and refuses it, so that every request fails.',
    how: 'Leave the line out for backends over HTTP/2; WebSockets need "proxy_http_version 1.1".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://www.rfc-editor.org/rfc/rfc9113#section-8.2.2',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version',
      'https://nginx.org/en/docs/http/ngx_http_grpc_module.html#grpc_set_header',
    ],
  },
  messages: {
    malformed: '"{{name}}: {{value}}" makes every request to this backend malformed, as it speaks HTTP/2.',
  },
  check({ report }) {
    const said = new Set<Directive>();

    function check(route: Route, { name, action, value, origin }: HeaderOp): void {
      if (action !== 'set' || origin === 'default' || typeof value !== 'string' || said.has(origin)) return;
      // A variable may be empty, and an empty header is not sent.
      if (value === '' || /[${}<>%]/.test(value) || (name.toLowerCase() === 'te' && value === 'trailers')) return;
      said.add(origin);
      const word = origin.args[1];
      const fix = word && {
        fix: { title: 'Send no such header', edits: [{ place: placeIn(origin, word), text: '""' }] },
      };
      const related = route.handler.kind === 'proxy' ? [{ at: route.handler.directive, message: 'the backend' }] : [];
      report({ message: 'malformed', at: origin, data: { name, value }, related, ...fix });
    }

    return {
      route(route) {
        const proxied = proxyRoute(route, ['http', 'grpc']);
        if (proxied?.backend.httpVersion.value !== '2') return;
        for (const name of connectionHeaders) {
          const op = proxied.backend.headers.get(name);
          if (op) check(route, op);
        }
      },
    };
  },
});

/** RFC 9113, 8.2.2. */
const connectionHeaders = ['connection', 'upgrade', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'te'];
