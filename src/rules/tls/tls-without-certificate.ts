import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'SSLEngine is on, but no certificate is set',
    why: 'Apache passes the syntax check, but does not start without a certificate and key for each virtual host with TLS.',
    how: 'Set SSLCertificateFile and SSLCertificateKeyFile in the virtual host or outside of all, or let mod_md get a certificate (MDomain).',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile'],
  },
  messages: { missing: 'TLS is switched on here, but no "SSLCertificateFile" is set: Apache does not start.' },
  check({ config, report }) {
    let isManaged = false;
    const manages = (): void => {
      isManaged = true;
    };

    return {
      directives: { mdomain: manages, mdomainset: manages },
      virtualHost({ scope, tls }) {
        if (isManaged || !config.complete || tls.enabled !== true || tls.certificates.length > 0) return;
        const engine = scope.effective('sslengine').at(-1);
        if (!engine || scope.certainty('sslcertificatefile') !== 'known' || scope.effective('sslpolicy').length > 0)
          return;
        report({ message: 'missing', at: engine });
      },
    };
  },
});
