import type { Route, VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { proxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'The variable $http_host in a server that speaks HTTP/3, where it is empty',
    why: 'Over HTTP/3 clients name the host in ":authority" and send no Host header, and nginx makes none of it as it does for HTTP/2: $http_host is empty. The backend gets no Host and refuses the request, a redirect has no host.',
    how: 'Use $host, with ":$server_port" or $request_port where the port matters.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ listen: /^quic$/ }] },
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#var_host'],
  },
  messages: {
    backend: '"$http_host" is empty over HTTP/3: the backend gets no Host.',
    header: '"$http_host" is empty over HTTP/3: the backend gets no "{{header}}".',
    redirect: '"$http_host" is empty over HTTP/3: the redirect goes to no host.',
  },
  check({ report }) {
    const told = new Set<Directive>();

    function tell(message: 'backend' | 'header' | 'redirect', at: Directive, word: Word, host: VirtualHost): void {
      if (told.has(at)) return;
      told.add(at);
      const listens = host.listeners.filter(({ http3 }) => http3).flatMap(({ directives }) => directives);
      const own = listens.filter(({ parent }) => parent.owner === host.directive);
      const common = {
        at: placeIn(at, word),
        related: own.slice(0, 1).map((listen) => ({ at: listen, message: 'HTTP/3' })),
      };
      if (message === 'header') {
        const data = { header: at.args[0]?.value ?? '' };
        report({ ...common, message, severity: 'warning', data });
      } else report({ ...common, message });
    }

    function check(route: Route, host: VirtualHost): void {
      const { handler } = route;
      if (handler.kind === 'redirect' && handler.to && asksHost(handler.to))
        tell('redirect', handler.directive, handler.to, host);
      for (const [name, { origin }] of proxyRoute(route, ['http'])?.backend.headers ?? []) {
        const word = origin === 'default' ? undefined : origin.args[1];
        if (!word || !asksHost(word)) continue;
        if (name === 'host') tell('backend', origin as Directive, word, host);
        else if (name === 'x-forwarded-host' && whole.test(word.value)) tell('header', origin as Directive, word, host);
      }
    }

    return {
      virtualHost(host) {
        if (!host.listeners.some(({ http3 }) => http3)) return;
        for (const route of host.routes) check(route, host);
      },
    };
  },
});

/** Beside other text something is sent all the same. */
const whole = /^\$(?:http_host|\{http_host\})(?::\$\{?server_port\}?)?$/i;

function asksHost({ value }: Word): boolean {
  return /\$(?:http_host\b|\{http_host\})/i.test(value);
}
