import type { Scope } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { cachingPasses } from '../../servers/nginx/meaning/pass.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

/** The caches that are on at a level of nginx: `proxy_cache`, `fastcgi_cache` and their like. */
export function caches(scope: Scope): { readonly module: string; readonly cache: Directive }[] {
  const found: { readonly module: string; readonly cache: Directive }[] = [];
  for (const { family, key } of cachingPasses) {
    const cache = scope.effective(`${family}_cache`).at(-1);
    if (cache && !isOff(cache) && scope.effective(key).length > 0) found.push({ module: family, cache });
  }
  return found;
}
