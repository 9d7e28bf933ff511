import type { Route, Scope } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { backendName } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';
import {
  authorityKeys,
  ignoredExpiry,
  ignoredName,
  requiresCertificate,
  trustsNobody,
} from './_backend-verification.ts';
import { isTlsTarget, nginxTlsPrefix, publicTlsRoutes, type TlsRoute } from './_backends.ts';
import { settingsOf } from '../../servers/settings.ts';

export default defineRule({
  meta: {
    summary: 'The certificate of a backend on the internet is not verified, or not its name, or by nobody',
    why: 'Without verification anybody between the proxy and the backend can answer in its place, and read and change what passes.',
    how: 'nginx: "proxy_ssl_verify on;" with "proxy_ssl_trusted_certificate" and "proxy_ssl_name". Apache: "SSLProxyVerify require" with "SSLProxyCACertificateFile".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify',
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyverify',
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxycheckpeername',
      'https://cwe.mitre.org/data/definitions/295.html',
    ],
  },
  messages: {
    anyName: 'Any certificate of a trusted authority will do for "{{backend}}": its name is not looked at.',
    expired: 'An expired certificate of the backend "{{backend}}" is accepted.',
    nobodyTrusted:
      '"SSLProxyVerify require" without "SSLProxyCACertificateFile" refuses every certificate: each request to "{{backend}}" fails.',
    unverified:
      'The certificate of the backend "{{backend}}" is not verified, because "{{directive}}" is not "{{value}}".',
  },
  check({ dialect, report }) {
    let isVerifiedElsewhere = false;
    const seen = new Set<Directive>();

    function reportAll(routes: readonly TlsRoute[]): void {
      const [first, ...others] = routes;
      if (!first) return;
      const { set, certainty } = verification(first, dialect === 'nginx');
      report({
        message: 'unverified',
        at: first.handler.directive,
        // Who writes "off" has thought of it.
        severity: set ? 'info' : 'warning',
        confidence: certainty === 'known' || set ? 'high' : 'medium',
        data: {
          backend: backendName(first.handler.target),
          directive: dialect === 'nginx' ? `${nginxTlsPrefix(first)}verify` : 'SSLProxyVerify',
          value: dialect === 'nginx' ? 'on' : 'require',
        },
        related: [
          ...(set ? [{ at: set, message: 'switched off here' }] : []),
          ...others.map(({ handler }) => ({ at: handler.directive, message: 'the same holds here' })),
        ],
      });
    }

    function checkNames(routes: readonly TlsRoute[]): void {
      const first = routes.find(({ scope }) => requiresCertificate(scope));
      if (!first) return;
      const data = { backend: backendName(first.handler.target) };
      const name = ignoredName(first.scope);
      if (name) report({ message: 'anyName', at: name, severity: 'info', data });
      const expiry = ignoredExpiry(first.scope);
      if (expiry) report({ message: 'expired', at: expiry, severity: 'info', data });
    }

    function checkAuthorities({ handler, scope }: Route): void {
      const verify = requiresCertificate(scope);
      if (handler.kind !== 'proxy' || !verify || seen.has(verify) || !isTlsTarget(handler.target)) return;
      seen.add(verify);
      if (!trustsNobody(scope)) return;
      const isKnown = authorityKeys.every((key) => scope.certainty(key) === 'known');
      report({
        message: 'nobodyTrusted',
        at: verify,
        severity: 'error',
        confidence: isKnown ? 'high' : 'medium',
        data: { backend: backendName(handler.target) },
        how: 'Name the authority of the backend: "SSLProxyCACertificateFile", for public ones "/etc/ssl/certs/ca-certificates.crt".',
      });
    }

    return {
      directives: {
        // In a <Proxy> section it holds for the backends that the section names.
        sslproxyverify(directive) {
          isVerifiedElsewhere ||= directive.parent.owner?.key.startsWith('proxy') ?? false;
        },
      },
      virtualHost(host) {
        if (isVerifiedElsewhere) return;
        const routes = publicTlsRoutes(host);
        reportAll(routes.filter((route) => isUnverified(route, dialect === 'nginx')));
        if (dialect !== 'apache') return;
        checkNames(routes);
        for (const route of host.routes) checkAuthorities(route);
      },
    };
  },
});

function verification(
  route: TlsRoute,
  isNginx: boolean,
): { set: Directive | undefined; certainty: ReturnType<Scope['certainty']> } {
  const key = isNginx ? `${nginxTlsPrefix(route)}verify` : 'sslproxyverify';
  return { set: route.scope.effective(key).at(-1), certainty: route.scope.certainty(key) };
}

const unverified: ReadonlySet<string | undefined> = new Set(['off', 'none', 'optional_no_ca']);

function isUnverified(route: TlsRoute, isNginx: boolean): boolean {
  const { set, certainty } = verification(route, isNginx);
  if (!set) return certainty !== 'unread';
  return unverified.has(settingsOf(isNginx ? 'nginx' : 'apache').wordOf(set));
}
