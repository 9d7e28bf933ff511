import { unknown, type Listener, type Model, type Route, type VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { isLocalSocket } from '../../model/network.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A password is asked for over plain HTTP',
    why: 'Basic authentication sends the name and the password, hardly disguised, with every request. Over plain HTTP everybody on the way can read them.',
    how: 'Serve what needs a password over HTTPS only, and redirect the plain port to it.',
    whenOff: 'Where a proxy in front ends TLS and nobody else reaches this port, or nobody can listen on the network.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['auth_basic'], apache: ['authtype'] },
    references: [
      'https://www.rfc-editor.org/rfc/rfc7617#section-4',
      'https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_auth_basic.html',
    ],
  },
  messages: {
    both: '"{{directive}}" asks for a password on port {{port}} without TLS, too; only the TLS port keeps it secret.',
    plain: '"{{directive}}" asks for a password on port {{port}} without TLS: it crosses the network in clear text.',
  },
  check({ model, report }) {
    const seen = new Set<Directive>();
    let fronted: boolean | undefined;
    const redirecting = new Map<VirtualHost, boolean>();

    /** Asked once of each host: it may have thousands of routes. */
    function isRedirecting(host: VirtualHost): boolean {
      let known = redirecting.get(host);
      if (known === undefined) redirecting.set(host, (known = redirects(host)));
      return known;
    }

    function check(host: VirtualHost, scope: Route['scope']): void {
      const login = basicLogin(scope);
      if (!login || seen.has(login)) return;
      const plain = host.listeners.find(isPublicHttp);
      if (!plain || plain.port === unknown || host.overTls === true) return;
      if (isRedirecting(host) || (fronted ??= isBehindProxy(model))) return;
      seen.add(login);
      report({
        message: host.overTls === false ? 'plain' : 'both',
        at: login,
        data: { directive: login.name.value, port: plain.port },
        confidence: host.overTls === false ? 'medium' : 'high',
        related: plain.directives.slice(0, 1).map((at) => ({ at, message: 'listens without TLS' })),
      });
    }

    return {
      virtualHost(host) {
        check(host, host.scope);
      },
      route(route) {
        if (!route.preemptedBy && !route.internal) check(route.virtualHost, route.scope);
      },
    };
  },
});

function basicLogin(scope: Route['scope']): Directive | undefined {
  if (scope.effective('sslrequiressl').length > 0 || scope.effective('sslrequire').length > 0) return undefined;
  const nginx = scope.effective('auth_basic').at(-1);
  if (nginx) return isOff(nginx) ? undefined : nginx;
  const apache = scope.effective('authtype').at(-1);
  return apache?.args[0]?.value.toLowerCase() === 'basic' ? apache : undefined;
}

/** A port for browsers; another one may be for a proxy in front, or for this machine only. */
function isPublicHttp({ port, tls, address, proxyProtocol }: Listener): boolean {
  return !tls && !proxyProtocol && port === 80 && !isLocalSocket(address);
}

/** Some condition of the host sends plain requests to HTTPS. */
function redirects({ scope, routes }: VirtualHost): boolean {
  if (routes.some(({ handler }) => handler.kind === 'redirect' && /https|\$\{?\w+/i.test(handler.to?.value ?? 'https')))
    return true;
  const conditions = [...scope.effective('if'), ...routes.flatMap((route) => route.scope.own('if'))];
  return (
    conditions.some(({ block }) => block && children(block).some(({ key }) => key === 'return' || key === 'rewrite')) ||
    scope.effective('rewriterule').some(({ args }) => /^https:/i.test(args[1]?.value ?? ''))
  );
}

/** The config shows that something in front ends TLS: it trusts what a proxy says. */
function isBehindProxy({ virtualHosts }: Model): boolean {
  return virtualHosts.some(({ scope, routes, listeners }) => {
    const scopes = [scope, ...routes.map((route) => route.scope)];
    const isTold = scopes.some((each) =>
      ['set_real_ip_from', 'real_ip_header', 'remoteipheader', 'remoteipinternalproxy'].some(
        (key) => each.effective(key).length > 0,
      ),
    );
    return isTold || listeners.some(({ proxyProtocol }) => proxyProtocol) || scopes.some(passesForwarded);
  });
}

function passesForwarded(scope: Route['scope']): boolean {
  return ['proxy_set_header', 'fastcgi_param', 'if', 'setenvif'].some((key) =>
    scope
      .effective(key)
      .some(
        ({ args }) =>
          args.some(
            ({ value }) => /http_x_forwarded_proto|^x-forwarded-proto$/i.test(value) && key !== 'proxy_set_header',
          ) || /\$\{?http_x_forwarded_proto/.test(args[1]?.value ?? ''),
      ),
  );
}
