import { placeIn, type Directive } from '../../syntax/tree.ts';
import { caches } from './_caches.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Answers that are meant for one user are cached for all',
    why: 'nginx keeps answers with Set-Cookie or "Cache-Control: private" out of the cache. With those headers ignored, one user gets the page and the session cookie of another.',
    how: 'Do not ignore these headers, or hide Set-Cookie and leave out requests that carry a session ("proxy_no_cache", "proxy_cache_bypass").',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ignore_headers',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_no_cache',
    ],
  },
  messages: {
    cookie:
      '"{{directive}}" ignores "Set-Cookie" here, so that answers with the cookies of one user are cached for all.',
  },
  check({ report }) {
    const seen = new Set<Directive>();

    return {
      route({ scope, preemptedBy }) {
        if (preemptedBy) return;
        for (const { module, cache } of caches(scope)) {
          const ignored = scope.effective(`${module}_ignore_headers`).at(-1);
          const word = ignored?.args.find(({ value }) => value.toLowerCase() === 'set-cookie');
          if (!ignored || !word || seen.has(ignored)) continue;
          if (scope.certainty(`${module}_no_cache`) === 'unread') continue;
          if (scope.effective(`${module}_no_cache`).length > 0 || scope.effective(`${module}_cache_bypass`).length > 0)
            continue;
          const hides = scope
            .effective(`${module}_hide_header`)
            .some(({ args }) => args[0]?.value.toLowerCase() === 'set-cookie');
          const key = scope.effective(`${module}_cache_key`).at(-1)?.args[0]?.value ?? '';
          if (hides || /\$\{?(?:cookie_|http_cookie|http_authorization|remote_user)/.test(key)) continue;
          seen.add(ignored);
          const related = [{ at: cache, message: 'the cache' }];
          report({ message: 'cookie', at: placeIn(ignored, word), data: { directive: ignored.name.value }, related });
        }
      },
    };
  },
});
