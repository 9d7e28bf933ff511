import type { HeaderOp, Listener, Route, VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { proxyRoute } from '../_shared/backends.ts';
import { destinationsOf, ownListeners } from '../_shared/destinations.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: "A proxy behind another one tells the backend its own scheme instead of the client's",
    why: 'Between two proxies the scheme is "http": the inner one overwrites the "https" that the outer one said, and the application redirects without end, builds http:// links or sends cookies without "Secure".',
    how: 'Pass on what the outer proxy said: nginx "proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;", or no line at all; Apache: no "RequestHeader set X-Forwarded-Proto".',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_realip_module.html',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_scheme',
      'https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html',
    ],
  },
  messages: {
    trusted:
      'The backend is always told "http": this server stands behind another proxy, and its line overwrites what that one says.',
    own: 'The backend is told "http" for clients that came over TLS: another server of this config hands them on to this one.',
  },
  check({ model, report }) {
    const said = new Set<Directive>();
    /** Those to which a server with TLS, which tells the scheme, hands requests on; with its directive. */
    const behind = new Map<Listener, Directive>();
    const inner: Route[] = [];

    function collectOuter(route: Route): void {
      const proxied = proxyRoute(route);
      if (!proxied || route.virtualHost.overTls !== true) return;
      const told = proxied.backend.headers.get('x-forwarded-proto');
      if (!told || told.origin === 'default' || told.action !== 'set') return;
      for (const { host, port } of destinationsOf(proxied.handler))
        for (const listener of ownListeners(model, host, port)) behind.set(listener, proxied.handler.directive);
    }

    function check(route: Route): void {
      const told = proxyRoute(route)?.backend.headers.get('x-forwarded-proto');
      const { virtualHost } = route;
      if (!told || told.origin === 'default' || told.action !== 'set' || said.has(told.origin)) return;
      if (!saysPlain(told.value) || virtualHost.listeners.length === 0 || hasTls(virtualHost)) return;
      const outer = virtualHost.listeners.map((each) => behind.get(each)).find(Boolean);
      const trust = outer ? undefined : trustOf(virtualHost);
      if (!outer && !trust) return;
      said.add(told.origin);
      report({
        message: outer ? 'own' : 'trusted',
        at: told.origin,
        related: [{ at: (outer ?? trust)!, message: outer ? 'hands the requests on' : 'there is another proxy' }],
      });
    }

    return {
      route(route) {
        collectOuter(route);
        inner.push(route);
      },
      end: () => inner.forEach(check),
    };
  },
});

function saysPlain(value: HeaderOp['value']): boolean {
  return typeof value === 'string' && /^(?:\$\{?scheme\}?|%\{REQUEST_SCHEME\}[se]?|http)$/i.test(value);
}

function hasTls({ listeners, overTls }: VirtualHost): boolean {
  return overTls === true || listeners.some(({ tls }) => tls);
}

/** The header from which the address of the client is taken: somebody in front writes it. */
function trustOf({ scope }: VirtualHost): Directive | undefined {
  const trusted = scope.effective('set_real_ip_from').length > 0 || scope.effective('remoteipheader').length > 0;
  const header = scope.effective('real_ip_header').at(-1) ?? scope.effective('remoteipheader').at(-1);
  return trusted && header?.args[0]?.value.toLowerCase() !== 'proxy_protocol' ? header : undefined;
}
