import type { Route, VirtualHost } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A request that asks for permission announces a body that it does not send',
    why: 'nginx asks with the headers of the client, Content-Length too, but without the body: a service that waits for it lets every POST hang until the timeout, which ends in an error.',
    how: 'Write "proxy_set_header Content-Length "";" and "proxy_pass_request_body off;" into the location that is asked.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_auth_request_module.html'],
  },
  messages: {
    announced: '"{{location}}" is asked with the Content-Length of the client, but without the body.',
  },
  check: ({ report }) => ({
    virtualHost(host) {
      for (const route of askedRoutes(host)) {
        const { handler, backend } = route;
        if (handler.kind !== 'proxy' || handler.protocol !== 'http' || backend?.certainty === 'unread') continue;
        if (backend?.headers.get('content-length')?.action === 'unset' || hidesHeaders(route)) continue;
        const at = placeIn(handler.directive, handler.target.word);
        report({ message: 'announced', at, data: { location: route.match.pattern } });
      }
    },
  }),
});

/** The locations that "auth_request" names. */
function askedRoutes({ routes, scope }: VirtualHost): Set<Route> {
  const asked = new Set<Route>();
  const uris = [scope, ...routes.map((route) => route.scope)].flatMap((each) => each.own('auth_request'));
  for (const uri of new Set(uris.map(({ args }) => args[0]?.value ?? 'off'))) {
    const route =
      routes.find(({ match }) => match.kind === 'exact' && match.pattern === uri) ??
      routes.find(({ match }) => match.kind.startsWith('prefix') && match.pattern === uri);
    if (route) asked.add(route);
  }
  return asked;
}

function hidesHeaders({ scope }: Route): boolean {
  return scope.effective('proxy_set_header').some(({ args }) => args[0]?.value.toLowerCase() === 'content-length');
}
