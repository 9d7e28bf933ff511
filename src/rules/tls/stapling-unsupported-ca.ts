import type { Directive } from '../../syntax/tree.ts';
import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isLetsEncrypt } from './_stapling.ts';
import { settingsOf } from '../../servers/settings.ts';

export default defineRule({
  meta: {
    summary: "OCSP stapling for a certificate of Let's Encrypt, which has no OCSP any more",
    why: "Since 2025 certificates of Let's Encrypt name no OCSP responder: the server has nothing to staple, and logs a warning at each start.",
    how: 'Switch stapling off for these certificates; browsers check revocation by lists of their own.',
    whenOff: 'Where the certificate is of another authority in spite of its path.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['ssl_stapling'], apache: ['sslusestapling'] },
    fixable: 'unsafe',
    references: [
      'https://letsencrypt.org/2024/12/05/ending-ocsp/',
      'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_stapling',
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslusestapling',
    ],
  },
  messages: {
    noOcsp:
      '"{{directive}}" has no effect: the certificate "{{certificate}}" seems to be of Let\'s Encrypt, which ended OCSP.',
  },
  check({ dialect, report }) {
    const { isOn } = settingsOf(dialect);
    const seen = new Set<Directive>();

    return {
      virtualHost({ scope, tls }) {
        if (tls.enabled === false) return;
        const certificate = [...tls.certificates, ...scope.effective('ssl_trusted_certificate')].find(isLetsEncrypt);
        const stapling = ['ssl_stapling', 'sslusestapling'].flatMap((key) => scope.effective(key)).at(-1);
        const word = stapling?.args[0];
        if (!certificate || !word || !isOn(stapling) || seen.has(stapling)) return;
        seen.add(stapling);
        report({
          message: 'noOcsp',
          at: stapling,
          data: { directive: stapling.name.value, certificate: certificate.args[0]!.value },
          related: [{ at: certificate, message: 'the certificate' }],
          fix: { title: 'Switch stapling off', edits: [{ place: placeIn(stapling, word), text: 'off' }] },
        });
      },
    };
  },
});
