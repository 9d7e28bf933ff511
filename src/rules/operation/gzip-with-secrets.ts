import { unknown, type Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'Answers of an application are compressed over TLS',
    why: 'If a page repeats what the client sent beside a secret such as a CSRF token, the length of the compressed answers gives the secret away (BREACH).',
    how: 'Compress static files only, or mask tokens anew in each answer.',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://www.breachattack.com/', 'https://nginx.org/en/docs/http/ngx_http_gzip_module.html'],
  },
  messages: {
    compressed: '"gzip on" compresses the answers of "{{backend}}" over TLS.',
  },
  check({ report }) {
    const seen = new Set<Directive>();

    return {
      route({ handler, scope, virtualHost, preemptedBy }: Route) {
        if (handler.kind !== 'proxy' || preemptedBy || virtualHost.overTls === false || virtualHost.overTls === unknown)
          return;
        const gzip = scope.effective('gzip').at(-1);
        // Answers that come through a proxy in front are compressed only with gzip_proxied.
        if (!gzip || !isOn(gzip) || seen.has(gzip)) return;
        seen.add(gzip);
        report({
          message: 'compressed',
          at: gzip,
          data: { backend: handler.target.word.value },
          related: [{ at: handler.directive, message: 'the first such backend' }],
        });
      },
    };
  },
});
