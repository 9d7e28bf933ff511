import type { Route, Scope } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { caches } from './_caches.ts';
import { nginxCaches } from '../_shared/needs.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';
import { faultOf, leavesOutSlice } from './_cache-key.ts';

const messages = {
  unset: '"{{module}}_cache_key" is not set: all requests share one entry of the cache, and get one answer.',
  path: '"{{key}}" has no path in it: all pages share one entry of the cache.',
  host: '"{{key}}" has no host in it, although the backend answers by the host that clients ask for.',
  method: '"{{key}}" has no request method in it: the empty answer to a HEAD request is served to GET requests.',
  slice:
    '"slice" asks for a part at a time, but the key of the cache has no "$slice_range": all parts share one entry.',
  query:
    '"{{directive}}" leaves the query out of the key: all pages of an application that differ in it share one entry.',
} as const;

export default defineRule({
  meta: {
    summary: 'The cache key leaves out what the answer depends on',
    why: 'Two requests with one key get one answer: the page of another site, or the empty answer to a HEAD request.',
    how: {
      nginx:
        'Put the scheme, the host and the URI into the key: "$scheme$proxy_host$request_uri" is the default; FastCGI needs "$request_method" too, and "slice" needs "$slice_range".',
      apache: 'Delete CacheIgnoreQueryString.',
    },
    whenOff: 'Where the answer is known to be the same for all of these requests.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxCaches, apache: [['cacheenable'], ['cacheignorequerystring']] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_key',
      'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_key',
      'https://httpd.apache.org/docs/2.4/mod/mod_cache.html#cacheignorequerystring',
    ],
  },
  messages,
  check: { nginx: checkNginx, apache: checkApache },
});

function checkNginx({ report }: RuleContext<typeof messages>): Visitor {
  const seen = new Set<Directive>();

  /** Only that of proxy_cache has a default. */
  function checkUnset(scope: Scope, module: string, cache: Directive): void {
    if (seen.has(cache) || scope.certainty(`${module}_cache_key`) !== 'known') return;
    seen.add(cache);
    report({ message: 'unset', at: cache, severity: 'error', confidence: 'high', data: { module } });
  }

  function checkSlices(route: Route, key: string, cache: Directive, directive: Directive | undefined): void {
    const slice = route.scope.effective('slice').at(-1);
    if (!slice || seen.has(slice) || !leavesOutSlice(route, slice, key)) return;
    if (!directive && route.scope.certainty('proxy_cache_key') !== 'known') return;
    seen.add(slice);
    const related = [{ at: directive ?? cache, message: directive ? 'the key' : 'the cache' }];
    report({ message: 'slice', at: slice, confidence: 'high', related });
  }

  return {
    route(route) {
      const { scope } = route;
      for (const { module, cache } of caches(scope)) {
        const directive = scope.effective(`${module}_cache_key`).at(-1);
        const word = directive?.args[0];
        checkSlices(route, word?.value ?? '', cache, directive);
        if (!directive && module !== 'proxy') checkUnset(scope, module, cache);
        if (!directive || !word || seen.has(directive)) continue;
        const message = faultOf(word.value, module, route);
        if (!message) continue;
        seen.add(directive);
        const related = [{ at: cache, message: 'the cache' }];
        report({ message, at: placeIn(directive, word), data: { key: word.value }, related });
      }
    },
  };
}

/** Answers of files do not depend on the query. */
function checkApache({ report }: RuleContext<typeof messages>): Visitor {
  const seen = new Set<Directive>();
  return {
    route({ scope, handler }) {
      const directive = scope.effective('cacheignorequerystring').at(-1);
      const cache = scope.effective('cacheenable').at(-1);
      if (handler.kind !== 'proxy' || !cache || !directive || seen.has(directive)) return;
      if (!isOn(directive)) return;
      seen.add(directive);
      const related = [{ at: cache, message: 'the cache' }];
      report({ message: 'query', at: directive, data: { directive: directive.name.value }, related });
    },
  };
}
