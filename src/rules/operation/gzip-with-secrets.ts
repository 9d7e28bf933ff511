import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

const messages = {
  compressed: '"{{directive}}" compresses the answers of "{{backend}}" over TLS.',
} as const;

export default defineRule({
  meta: {
    summary: 'Answers of an application are compressed over TLS',
    why: 'If a page repeats what the client sent beside a secret such as a CSRF token, the length of the compressed answers gives the secret away (BREACH).',
    how: 'Compress static files only, or mask tokens anew in each answer.',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: ['gzip'], apache: ['setoutputfilter', 'addoutputfilterbytype'] },
    references: [
      'https://www.breachattack.com/',
      'https://nginx.org/en/docs/http/ngx_http_gzip_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_deflate.html',
    ],
  },
  messages,
  check: {
    nginx: (context) =>
      hooksFor(context, ({ scope }) => {
        const gzip = scope.effective('gzip').at(-1);
        // Answers that come through a proxy in front are compressed only with gzip_proxied.
        return isOn(gzip) ? gzip : undefined;
      }),
    apache: (context) =>
      hooksFor(context, ({ scope }) =>
        [...scope.effective('setoutputfilter'), ...scope.effective('addoutputfilterbytype')].find(compresses),
      ),
  },
});

function hooksFor(
  { report }: RuleContext<typeof messages>,
  compression: (route: Route) => Directive | undefined,
): Visitor {
  const seen = new Set<Directive>();
  return {
    route(route) {
      const { handler, virtualHost, preemptedBy } = route;
      if (handler.kind !== 'proxy' || preemptedBy || virtualHost.overTls !== true) return;
      const at = compression(route);
      if (!at || seen.has(at)) return;
      seen.add(at);
      const directive = [at.name, ...at.args].map(({ value }) => value).join(' ');
      report({
        message: 'compressed',
        at,
        data: { directive, backend: handler.target.word.value },
        related: [{ at: handler.directive, message: 'the first such backend' }],
      });
    },
  };
}

/** A filter that compresses pages; those of types such as text/css hold no secrets. */
function compresses({ key, args: [filters, ...types] }: Directive): boolean {
  if (!/(?:^|;)(?:deflate|brotli_compress)(?:;|$)/i.test(filters?.value ?? '')) return false;
  return key === 'setoutputfilter' || types.some(({ value }) => /^(?:text\/html|application\/json|\*)$/i.test(value));
}
