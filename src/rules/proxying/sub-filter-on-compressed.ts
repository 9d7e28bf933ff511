import type { Scope } from '../../model/model.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';
import type { Directive } from '../../syntax/tree.ts';
import { backendName, proxyRoute } from '../_shared/backends.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';

const messages = {
  compressed: 'If "{{backend}}" compresses its answers, nothing is replaced: "Accept-Encoding" is passed on to it.',
  spoiled:
    'If "{{backend}}" compresses its answers, browsers cannot read them: "Accept-Encoding" is passed on to it, and mod_proxy_html takes what comes for HTML.',
} as const;

export default defineRule({
  meta: {
    summary: 'Texts are replaced in answers that the backend may compress',
    why: 'The filter looks at the bytes as they come. Browsers ask for compression, the server passes that on, and a backend that compresses gets its text to them unchanged. nginx: "gunzip on" helps only clients that do not ask for it.',
    how: {
      nginx: 'Ask the backend for plain text: \'proxy_set_header Accept-Encoding "";\'.',
      apache:
        'Ask the backend for plain text, "RequestHeader unset Accept-Encoding", or decompress first, "SetOutputFilter INFLATE;SUBSTITUTE;DEFLATE".',
    },
    whenOff: 'Where the backend never compresses.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['sub_filter'], apache: ['substitute', 'outputsed', 'proxyhtmlenable'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_sub_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_substitute.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_deflate.html#inflate',
    ],
  },
  messages,
  check: {
    nginx: (context) =>
      checkFilters(context, (scope) => ({ filter: scope.effective('sub_filter')[0], message: 'compressed' })),
    apache: (context) => checkFilters(context, apacheFilter),
  },
});

interface Filter {
  readonly filter: Directive | undefined;
  readonly message: keyof typeof messages;
}

function checkFilters({ report }: RuleContext<typeof messages>, filterOf: (scope: Scope) => Filter): Visitor {
  const told = new Set<Directive>();
  return {
    route(route) {
      const proxied = proxyRoute(route, ['http']);
      if (!proxied) return;
      const { filter, message } = filterOf(route.scope);
      if (!filter || told.has(filter)) return;
      const { headers, certainty } = proxied.backend;
      if (headers.has('accept-encoding') || certainty === 'unread') return;
      told.add(filter);
      report({
        message,
        at: filter,
        data: { backend: backendName(proxied.handler.target) },
        related: [{ at: proxied.handler.directive, message: 'this backend' }],
      });
    },
  };
}

const setters = ['setoutputfilter', 'addoutputfilter', 'addoutputfilterbytype'] as const;

/** What replaces texts in this section, and is switched on in it; nothing where the answer is decompressed before. */
function apacheFilter(scope: Scope): Filter {
  const names = setters.flatMap((key) => scope.effective(key).flatMap(({ args }) => args.map(({ value }) => value)));
  const all = names.join(';').toUpperCase();
  if (/INFLATE|\$/.test(all)) return { filter: undefined, message: 'compressed' };
  if (isOn(scope, 'proxyhtmlenable')) return { filter: scope.effective('proxyhtmlenable').at(-1), message: 'spoiled' };
  const filter =
    (/\bSUBSTITUTE\b/.test(all) && scope.effective('substitute')[0]) ||
    (/\bSED\b/.test(all) && scope.effective('outputsed')[0]) ||
    undefined;
  return { filter, message: 'compressed' };
}
