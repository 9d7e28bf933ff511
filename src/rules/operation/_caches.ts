import type { Scope } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

/** The caches that are on at a level of nginx: `proxy_cache`, `fastcgi_cache` and their like. */
export function caches(scope: Scope): { readonly module: string; readonly cache: Directive }[] {
  const found: { readonly module: string; readonly cache: Directive }[] = [];
  for (const [module, cacheKey, passKey] of modules) {
    const cache = scope.effective(cacheKey).at(-1);
    if (cache && !isOff(cache) && scope.effective(passKey).length > 0) found.push({ module, cache });
  }
  return found;
}

const modules = [
  ['proxy', 'proxy_cache', 'proxy_pass'],
  ['fastcgi', 'fastcgi_cache', 'fastcgi_pass'],
  ['uwsgi', 'uwsgi_cache', 'uwsgi_pass'],
  ['scgi', 'scgi_cache', 'scgi_pass'],
] as const;
