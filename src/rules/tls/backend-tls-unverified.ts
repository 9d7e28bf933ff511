import type { Directive } from '../../syntax/tree.ts';
import { backendName } from '../_shared/backends.ts';
import { nginxTlsPass, apacheTlsPass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { publicTlsRoutes, type TlsRoute } from './_backends.ts';
import { apacheVerify, isUnverified, nginxVerify, verification, type Verify } from './_verification.ts';
import { messages, type Context, checkNames, checkAuthorities } from './_unverified-backends.ts';

export default defineRule({
  meta: {
    summary: 'The certificate of a backend on the internet is not verified, or not its name, or by nobody',
    why: 'Without verification anybody between the proxy and the backend can answer in its place, and read and change what passes.',
    how: {
      nginx: 'Write "proxy_ssl_verify on;" with "proxy_ssl_trusted_certificate" and "proxy_ssl_name".',
      apache: 'Write "SSLProxyVerify require" with "SSLProxyCACertificateFile".',
    },
    whenOff: 'Where nobody can stand between this server and the backend, as in a tunnel.',
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
