import type { ServerName, VirtualHost } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { nginxTls, apacheTls } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A virtual host with TLS has no certificate of its own',
    why: 'Apache passes the syntax check, but does not start without a certificate and key for each virtual host with TLS; nginx shows the certificate of the default server, which is for other names.',
    how: 'Set SSLCertificateFile and SSLCertificateKeyFile in the virtual host or outside of all, or let mod_md get a certificate (MDomain); nginx: ssl_certificate and ssl_certificate_key.',
    whenOff: 'Where the certificate is set in a file that proxylint does not see.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxTls, apache: apacheTls },
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile',
      'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_certificate',
    ],
  },
  messages: {
    missing: 'TLS is switched on here, but no "SSLCertificateFile" is set: Apache does not start.',
    borrowed: 'This server has no certificate: clients that ask for "{{name}}" are shown that of "{{other}}".',
  },
  check({ config, dialect, model, report }) {
    let isManaged = false;
    let someHaveOne: boolean | undefined;
    const manages = (): void => {
      isManaged = true;
    };

    /** The handshake keeps the certificate of the default server where the server that it names has none. */
    function checkBorrowed({ scope, names, listeners, directive }: VirtualHost): void {
      const unknown = ['ssl_certificate', 'ssl_reject_handshake'].some((key) => scope.certainty(key) === 'unread');
      if (unknown || !directive || isOn(scope, 'ssl_reject_handshake')) return;
      for (const { tls, defaultHost } of listeners) {
        const [lender] = tls ? defaultHost.tls.certificates : [];
        const name = names.find(
          (each) => each.kind === 'exact' && !defaultHost.names.some((other) => mayShare(each, other)),
        );
        const other = defaultHost.names.find(({ kind }) => kind === 'exact');
        if (!lender || !name || !other || names.some((each) => defaultHost.names.some((own) => mayShare(each, own))))
          continue;
        report({
          message: 'borrowed',
          at: placeIn(name.directive, name.word),
          severity: 'warning',
          confidence: 'medium',
          data: { name: name.text, other: other.text },
          related: [{ at: lender, message: 'the certificate that is shown' }],
        });
        return;
      }
    }

    return {
      directives: { mdomain: manages, mdomainset: manages },
      virtualHost(host) {
        const { scope, tls } = host;
        if (isManaged || tls.enabled !== true || tls.certificates.length > 0) return;
        if (dialect === 'nginx') {
          checkBorrowed(host);
          return;
        }
        // Where another host has a certificate of its own, there is hardly one for all in what is not seen.
        someHaveOne ??= model.virtualHosts.some((other) => other.scope.own('sslcertificatefile').length > 0);
        if (!config.serversComplete && !someHaveOne) return;
        const engine = scope.effective('sslengine').at(-1);
        if (!engine || scope.certainty('sslcertificatefile') === 'unread' || scope.effective('sslpolicy').length > 0)
          return;
        report({
          message: 'missing',
          at: engine,
          ...(!config.serversComplete && ({ severity: 'warning', confidence: 'medium' } as const)),
        });
      },
    };
  },
});

/** One certificate is often for all names of a domain; which names it holds is not seen here. */
function mayShare(a: ServerName, b: ServerName): boolean {
  return (
    [a, b].some(({ kind, text }) => kind === 'regex' || kind === 'unknown' || !text.includes('.')) ||
    domainOf(a) === domainOf(b)
  );
}

function domainOf({ text }: ServerName): string {
  return text.toLowerCase().replace(/\.\*$/, '').split('.').slice(-2).join('.');
}
