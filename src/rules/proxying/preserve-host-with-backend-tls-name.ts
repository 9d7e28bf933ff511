import { unknown, type Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { apacheTlsPass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { isOff, isOn } from '../../servers/apache/meaning/settings.ts';
import { isFilledIn } from '../../text/template/placeholder.ts';

export default defineRule({
  meta: {
    summary: "The backend's certificate is compared with the name that the client asked for",
    why: 'With ProxyPreserveHost, Apache asks the backend for the name that the client asked for and expects it in the certificate. A certificate for the host in the URL does not fit, and the request fails ("Error during SSL Handshake with remote server").',
    how: 'Turn ProxyPreserveHost off, give the backend a certificate for the public name, or set SSLProxyCheckPeerName off where the connection is trusted.',
    whenOff: 'Where the certificate of the backend holds the public names.',
    severity: 'warning',
    confidence: 'low',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: [['proxypreservehost'], [apacheTlsPass]] },
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxycheckpeername',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypreservehost',
    ],
  },
  messages: {
    mismatch: '"ProxyPreserveHost On" makes httpd look for "{{name}}" in the certificate of "{{backend}}".',
  },
  check({ report }) {
    const seen = new Set<Directive>();

    return {
      route(route) {
        const { handler, scope, virtualHost, preemptedBy } = route;
        if (handler.kind !== 'proxy' || handler.target.scheme !== 'https' || preemptedBy) return;
        const { host } = handler.target;
        const preserve = scope.effective('proxypreservehost').at(-1);
        const name = virtualHost.names[0]?.text;
        if (!preserve || !isOn(preserve) || seen.has(preserve) || host === unknown || !name) return;
        if (checksNoName(route) || virtualHost.names.some(({ text }) => text.toLowerCase() === host.toLowerCase()))
          return;
        if (handler.target.upstream || isFilledIn(name + host)) return;
        seen.add(preserve);
        report({
          message: 'mismatch',
          at: preserve,
          data: { name, backend: handler.target.word.value },
          related: [{ at: handler.directive, message: 'the backend' }],
        });
      },
    };
  },
});

/** Since 2.4.5 the name is checked unless it is switched off, whatever SSLProxyVerify says. */
function checksNoName({ scope }: Route): boolean {
  return ['sslproxycheckpeername', 'sslproxycheckpeercn'].some((key) => isOff(scope, key));
}
