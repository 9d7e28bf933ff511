import type { Scope } from '../../ir/model.ts';
import type { Directive } from '../../ir/syntax.ts';

/** The caches that are on at a level of nginx: `proxy_cache`, `fastcgi_cache` and their like. */
export function caches(scope: Scope): { readonly module: string; readonly cache: Directive }[] {
  return ['proxy', 'fastcgi', 'uwsgi', 'scgi'].flatMap((module) => {
    const cache = scope.effective(`${module}_cache`).at(-1);
    const isOn = cache && cache.args[0]?.value !== 'off' && scope.effective(`${module}_pass`).length > 0;
    return isOn ? [{ module, cache }] : [];
  });
}
