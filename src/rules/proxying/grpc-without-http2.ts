import type { VirtualHost } from '../../model/model.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A gRPC backend behind listeners without HTTP/2',
    why: 'Calls of gRPC are made over HTTP/2 only. A client that speaks it to a listener for HTTP/1.1 is answered 400, or not at all, and the backend never hears of it.',
    how: 'Write "http2 on;" in the server; before nginx 1.25.1 add "http2" to "listen".',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['grpc_pass'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_grpc_module.html',
      'https://nginx.org/en/docs/http/ngx_http_v2_module.html',
    ],
  },
  messages: {
    without: 'Clients of gRPC reach "{{backend}}" over HTTP/2 only, which no listener of this server speaks.',
  },
  check: ({ report }) => ({
    virtualHost(host) {
      const route = host.routes.find(({ handler }) => handler.kind === 'proxy' && handler.protocol === 'grpc');
      if (route?.handler.kind !== 'proxy' || !speaksOld(host)) return;
      const { directive, target } = route.handler;
      const related = host.listeners.flatMap(({ directives }) =>
        directives.filter(({ parent }) => parent.owner === host.directive),
      );
      report({
        message: 'without',
        at: directive,
        data: { backend: target.word.value },
        related: related.map((at) => ({ at, message: 'without HTTP/2' })),
      });
    },
  }),
});

function speaksOld({ listeners, scope }: VirtualHost): boolean {
  if (listeners.length === 0 || listeners.some(({ http2, http3 }) => http2 || http3)) return false;
  return scope.certainty('http2') !== 'unread';
}
