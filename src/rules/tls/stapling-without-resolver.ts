import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isLetsEncrypt } from './_stapling.ts';
import { parseNetwork } from '../../model/network.ts';
import { readUrl } from '../../model/url.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

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
    needs: { nginx: ['ssl_stapling'] },
    options: {
      fragments: {
        type: 'boolean',
        default: false,
        description: 'Report also in a fragment, whose surroundings may well set the resolver.',
      },
    },
    pedanticOptions: { fragments: true },
    references: ['https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_stapling'],
  },
  messages: {
    noResolver: '"{{directive}} on" needs a "resolver" to look up the OCSP responder, and none is set here.',
  },
  check({ options, report }) {
    const seen = new Set<Directive>();

    return {
      virtualHost({ scope, tls }) {
        const stapling = scope.effective('ssl_stapling').at(-1);
        if (!stapling || !isOn(stapling) || tls.enabled === false || seen.has(stapling)) return;
        const certainty = scope.certainty('resolver');
        if (scope.effective('resolver').length > 0 || certainty === 'unread') return;
        if (certainty === 'surroundings' && !options.fragments) return;
        // Nothing is asked for these; the second one is the finding of stapling-unsupported-ca.
        if (scope.effective('ssl_stapling_file').length > 0 || tls.certificates.some(isLetsEncrypt)) return;
        if (scope.effective('ssl_stapling_responder').some(isAddress)) return;
        seen.add(stapling);
        const confidence = certainty === 'known' ? 'high' : 'low';
        report({ message: 'noResolver', at: stapling, data: { directive: stapling.name.value }, confidence });
      },
    };
  },
});

/** A responder that is named by its address. */
function isAddress({ args }: Directive): boolean {
  return parseNetwork(readUrl(args[0]?.value ?? '').host.text) !== undefined;
}
