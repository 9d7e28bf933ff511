import type { Directive } from '../../syntax/tree.ts';
import { backendName, proxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A sub_filter over answers that the backend may compress',
    why: 'sub_filter looks at the bytes as they come. Browsers ask for compression, nginx passes that on, and a backend that compresses gets its text to them unchanged; "gunzip on" helps only clients that do not ask for it.',
    how: 'Ask the backend for plain text: \'proxy_set_header Accept-Encoding "";\'.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['sub_filter'] },
    references: ['https://nginx.org/en/docs/http/ngx_http_sub_module.html'],
  },
  messages: {
    compressed: 'If "{{backend}}" compresses its answers, nothing is replaced: "Accept-Encoding" is passed on to it.',
  },
  check({ report }) {
    const told = new Set<Directive>();
    return {
      route(route) {
        const proxied = proxyRoute(route, ['http']);
        const [filter] = route.scope.effective('sub_filter');
        if (!proxied || !filter || told.has(filter)) return;
        const { headers, certainty } = proxied.backend;
        if (headers.has('accept-encoding') || certainty === 'unread') return;
        told.add(filter);
        report({
          message: 'compressed',
          at: filter,
          data: { backend: backendName(proxied.handler.target) },
          related: [{ at: proxied.handler.directive, message: 'this backend' }],
        });
      },
    };
  },
});
