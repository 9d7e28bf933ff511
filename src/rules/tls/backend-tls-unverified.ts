import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { backendName } from '../_shared/backends.ts';
import { nginxTlsPass, apacheTlsPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import {
  isAuthorityKnown,
  ignoredExpiry,
  ignoredName,
  requiresCertificate,
  trustsNobody,
} from './_backend-verification.ts';
import { isTlsTarget, publicTlsRoutes, type TlsRoute } from './_backends.ts';
import { apacheVerify, isUnverified, nginxVerify, verification, type Verify } from './_verification.ts';

const messages = {
  anyName: 'Any certificate of a trusted authority will do for "{{backend}}": its name is not looked at.',
  expired: 'An expired certificate of the backend "{{backend}}" is accepted.',
  nobodyTrusted:
    '"SSLProxyVerify require" without "SSLProxyCACertificateFile" refuses every certificate: each request to "{{backend}}" fails.',
  unverified:
    'The certificate of the backend "{{backend}}" is not verified, because "{{directive}}" is not "{{value}}".',
} as const;

export default defineRule({
  meta: {
    summary: 'The certificate of a backend on the internet is not verified, or not its name, or by nobody',
    why: 'Without verification anybody between the proxy and the backend can answer in its place, and read and change what passes.',
    how: {
      nginx: 'Write "proxy_ssl_verify on;" with "proxy_ssl_trusted_certificate" and "proxy_ssl_name".',
      apache: 'Write "SSLProxyVerify require" with "SSLProxyCACertificateFile".',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [nginxTlsPass], apache: [apacheTlsPass] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify',
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyverify',
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxycheckpeername',
      'https://cwe.mitre.org/data/definitions/295.html',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({
      virtualHost(host) {
        const routes = publicTlsRoutes(host).filter((route) => isUnverified('nginx', route, nginxVerify));
        reportAll(context, routes, nginxVerify);
      },
    }),
    apache(context) {
      let isVerifiedElsewhere = false;
      const seen = new Set<Directive>();
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
          reportAll(
            context,
            routes.filter((route) => isUnverified('apache', route, apacheVerify)),
            apacheVerify,
          );
          checkNames(context, routes);
          for (const route of host.routes) checkAuthorities(context, route, seen);
        },
      };
    },
  },
});

type Context = Pick<RuleContext<typeof messages>, 'report'>;

function reportAll({ report }: Context, [first, ...others]: readonly TlsRoute[], verify: Verify): void {
  if (!first) return;
  const { set, certainty } = verification(first, verify);
  report({
    message: 'unverified',
    at: first.handler.directive,
    // Who writes "off" has thought of it.
    severity: set ? 'info' : 'warning',
    confidence: certainty === 'known' || set ? 'high' : 'medium',
    data: { backend: backendName(first.handler.target), directive: verify.nameOf(first), value: verify.value },
    related: [
      ...(set ? [{ at: set, message: 'switched off here' }] : []),
      ...others.map(({ handler }) => ({ at: handler.directive, message: 'the same holds here' })),
    ],
  });
}

function checkNames({ report }: Context, routes: readonly TlsRoute[]): void {
  const first = routes.find(({ scope }) => requiresCertificate(scope));
  if (!first) return;
  const data = { backend: backendName(first.handler.target) };
  const name = ignoredName(first.scope);
  if (name) report({ message: 'anyName', at: name, severity: 'info', data });
  const expiry = ignoredExpiry(first.scope);
  if (expiry) report({ message: 'expired', at: expiry, severity: 'info', data });
}

function checkAuthorities({ report }: Context, { handler, scope }: Route, seen: Set<Directive>): void {
  const verify = requiresCertificate(scope);
  if (handler.kind !== 'proxy' || !verify || seen.has(verify) || !isTlsTarget(handler.target)) return;
  seen.add(verify);
  if (!trustsNobody(scope)) return;
  report({
    message: 'nobodyTrusted',
    at: verify,
    severity: 'error',
    confidence: isAuthorityKnown(scope) ? 'high' : 'medium',
    data: { backend: backendName(handler.target) },
    how: 'Name the authority of the backend: "SSLProxyCACertificateFile", for public ones "/etc/ssl/certs/ca-certificates.crt".',
  });
}
