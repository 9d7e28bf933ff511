import type { Directive } from '../../syntax/tree.ts';
import { caches } from './_caches.ts';
import { nginxCaches } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';
import { cachingPasses, settingKeys } from '../../servers/nginx/meaning/pass.ts';

export default defineRule({
  meta: {
    summary: 'A cache that stores nothing, because buffering is off',
    why: 'nginx writes an answer to the cache out of its buffers. With buffering off each request goes to the backend, and nothing says so.',
    how: 'Leave buffering on where answers are cached, or remove the cache.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [nginxCaches, settingKeys(cachingPasses, 'buffering')] },
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering'],
  },
  messages: { unbuffered: 'Nothing is stored in this cache: "{{directive}}" holds here.' },
  check({ report }) {
    const told = new Set<string>();
    const ids = new Map<Directive, number>();
    const idOf = (directive: Directive): number => {
      if (!ids.has(directive)) ids.set(directive, ids.size);
      return ids.get(directive)!;
    };

    return {
      route({ scope, preemptedBy, handler }) {
        if (preemptedBy || handler.kind !== 'proxy') return;
        for (const { module, cache } of caches(scope)) {
          if (!handler.directive.key.startsWith(module)) continue;
          const buffering = scope.effective(`${module}_buffering`).at(-1);
          if (!buffering || !isOff(buffering)) continue;
          const pair = `${idOf(cache)} ${idOf(buffering)}`;
          if (told.has(pair)) continue;
          told.add(pair);
          // The inner one of the two is where somebody wanted something else.
          const isCacheInner = scope.own(cache.key).includes(cache);
          const [at, other] = isCacheInner ? [cache, buffering] : [buffering, cache];
          report({
            message: 'unbuffered',
            at,
            data: { directive: `${buffering.name.value} off` },
            related: [{ at: other, message: other === cache ? 'the cache' : 'buffering is switched off' }],
          });
        }
      },
    };
  },
});
