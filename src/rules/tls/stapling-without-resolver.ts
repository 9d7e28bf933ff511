import type { Directive } from '../../ir/syntax.ts';
import { defineRule } from '../define-rule.ts';
import { isLetsEncrypt } from './_stapling.ts';

export default defineRule({
  meta: {
    summary: 'OCSP stapling without a resolver',
    why: 'nginx has to ask the OCSP responder of the certificate authority. Without a resolver it keeps to the address that the name had when it started; when the responder moves, the stapled answers run out.',
    how: 'Set "resolver" to a name server of your own network, or give the answer in a file (ssl_stapling_file).',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_stapling'],
  },
  messages: {
    noResolver: '"{{directive}} on" needs a "resolver" to look up the OCSP responder, and none is set here.',
  },
  check({ report }) {
    const seen = new Set<Directive>();

    return {
      virtualHost({ scope, tls }) {
        const stapling = scope.effective('ssl_stapling').at(-1);
        if (stapling?.args[0]?.value !== 'on' || tls.enabled === false || seen.has(stapling)) return;
        if (scope.effective('resolver').length > 0 || scope.certainty('resolver') !== 'known') return;
        // Nothing is asked for these; the second one is the finding of stapling-unsupported-ca.
        if (scope.effective('ssl_stapling_file').length > 0 || tls.certificates.some(isLetsEncrypt)) return;
        seen.add(stapling);
        report({ message: 'noResolver', at: stapling, data: { directive: stapling.name.value } });
      },
    };
  },
});
