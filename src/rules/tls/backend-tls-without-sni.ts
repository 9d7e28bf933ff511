import { backendName } from '../_shared/backends.ts';
import { nginxTlsPass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { nginxTlsPrefix, publicTlsRoutes, type TlsRoute } from './_backends.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A backend on the internet is not told in the TLS handshake which name is meant',
    why: 'nginx sends no server name (SNI) to backends by default. Servers with several names and content networks then end the handshake or show the certificate of another site: status 502.',
    how: 'Set "proxy_ssl_server_name on;", and "proxy_ssl_name" to the public name where proxy_pass names an upstream group.',
    whenOff: 'Where the backend has one certificate, whatever name it is asked for.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [nginxTlsPass] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_server_name',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_name',
    ],
  },
  messages: {
    noName: 'The TLS handshake with "{{backend}}" names no server, because "{{directive}}" is not "on".',
    groupName:
      'The TLS handshake names the server "{{group}}", which is the name of the upstream group, because "{{directive}}" is not set.',
  },
  check({ report }) {
    function sendsName(route: TlsRoute): boolean {
      const key = `${nginxTlsPrefix(route)}server_name`;
      const set = route.scope.effective(key).at(-1);
      return set ? isOn(set) : route.scope.certainty(key) === 'unread';
    }

    function namesGroup(route: TlsRoute): boolean {
      const key = `${nginxTlsPrefix(route)}name`;
      const { upstream } = route.handler.target;
      if (!upstream || upstream.name.includes('.')) return false;
      return route.scope.effective(key).length === 0 && route.scope.certainty(key) !== 'unread';
    }

    function reportAll(message: 'noName' | 'groupName', routes: readonly TlsRoute[]): void {
      const [first, ...others] = routes;
      if (!first) return;
      const { target, directive } = first.handler;
      const prefix = nginxTlsPrefix(first);
      const related = others.map(({ handler }) => ({ at: handler.directive, message: 'the same holds here' }));
      if (message === 'noName') {
        const data = { backend: backendName(target), directive: `${prefix}server_name` };
        report({ message, at: directive, data, related });
      } else {
        const data = { group: target.upstream?.name ?? '', directive: `${prefix}name` };
        report({ message, at: directive, data, related });
      }
    }

    return {
      virtualHost(host) {
        const routes = publicTlsRoutes(host);
        reportAll(
          'noName',
          routes.filter((route) => !sendsName(route)),
        );
        reportAll(
          'groupName',
          routes.filter((route) => sendsName(route) && namesGroup(route)),
        );
      },
    };
  },
});
