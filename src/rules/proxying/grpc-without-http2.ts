import type { Route, VirtualHost } from '../../model/model.ts';
import { apachePass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  without: 'Clients of gRPC reach "{{backend}}" over HTTP/2 only, which no listener of this server speaks.',
} as const;

export default defineRule({
  meta: {
    summary: 'A gRPC backend behind listeners without HTTP/2',
    why: 'Calls of gRPC are made over HTTP/2 only. A client that speaks it to a listener for HTTP/1.1 is answered 400, or not at all, and the backend never hears of it.',
    how: {
      nginx: 'Write "http2 on;" in the server; before nginx 1.25.1 add "http2" to "listen".',
      apache: 'Load mod_http2, and write "Protocols h2 http/1.1", or "Protocols h2c http/1.1" for a port without TLS.',
    },
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['grpc_pass'], apache: [apachePass(/^h2c?:/i)] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_grpc_module.html',
      'https://nginx.org/en/docs/http/ngx_http_v2_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy_http2.html',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({
      virtualHost: (host) =>
        check(context, host, 'http2', ({ handler }) => {
          return handler.kind === 'proxy' && handler.protocol === 'grpc';
        }),
    }),
    apache: (context) => ({ virtualHost: (host) => check(context, host, 'protocols', isGrpc) }),
  },
});

function check(
  { report }: RuleContext<typeof messages>,
  host: VirtualHost,
  setting: string,
  isFor: (route: Route) => boolean,
): void {
  const { handler } = host.routes.find(isFor) ?? {};
  if (handler?.kind !== 'proxy' || !speaksOld(host, setting)) return;
  const { directive, target } = handler;
  const related = host.listeners.flatMap(({ directives }) =>
    directives.filter((each) => each === host.directive || each.parent.owner === host.directive),
  );
  report({
    message: 'without',
    at: directive,
    data: { backend: target.word.value },
    related: related.map((at) => ({ at, message: 'without HTTP/2' })),
  });
}

/** Of httpd a piece of a config says nothing: packages set Protocols in a file of mod_http2. */
function speaksOld({ listeners, scope }: VirtualHost, setting: string): boolean {
  if (listeners.length === 0 || listeners.some(({ http2, http3 }) => http2 || http3)) return false;
  const certainty = scope.certainty(setting);
  return setting === 'http2' ? certainty !== 'unread' : certainty === 'known' || scope.effective(setting).length > 0;
}

/** A backend that speaks HTTP/2 may be any; the path of a service, or a name, tells of gRPC. */
function isGrpc({ handler, match }: Route): boolean {
  if (handler.kind !== 'proxy' || !/^h2c?:/i.test(handler.target.word.value)) return false;
  return /grpc/i.test(handler.target.word.value) || /grpc|^\^?\/\w[\w.\\]{0,200}\.[A-Z]/.test(match.pattern);
}
