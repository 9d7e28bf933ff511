import type { Scope } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { caches } from './_caches.ts';
import { nginxCaches } from '../_shared/needs.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';
import { cachingPasses, settingKeys } from '../../servers/nginx/meaning/pass.ts';

const messages = {
  cookie: '"{{directive}}" ignores "Set-Cookie" here, so that answers with the cookies of one user are cached for all.',
  private:
    '"{{directive}}" keeps answers with "Cache-Control: {{header}}", so that others get what is meant for one user.',
} as const;

export default defineRule({
  meta: {
    summary: 'Answers that are meant for one user are cached for all',
    why: 'A shared cache leaves out answers that are marked as private or, with nginx, set a cookie. With those headers ignored, one user gets the page and the session cookie of another.',
    how: {
      nginx:
        'Do not ignore these headers, or hide Set-Cookie and leave out requests that carry a session ("proxy_no_cache", "proxy_cache_bypass").',
      apache: 'Delete the directive, or restrict the cache to paths without such answers.',
    },
    whenOff: 'Where the answers are the same for everybody, whatever cookies and headers come along.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      nginx: [nginxCaches, settingKeys(cachingPasses, 'ignore_headers')],
      apache: [['cacheenable'], ['cachestore*']],
    },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ignore_headers',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_no_cache',
      'https://httpd.apache.org/docs/2.4/mod/mod_cache.html#cachestoreprivate',
    ],
  },
  messages,
  check: { nginx: checkNginx, apache: checkApache },
});

function checkNginx({ report }: RuleContext<typeof messages>): Visitor {
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
}

/** mod_cache leaves such answers out unless it is told otherwise. */
const apacheSwitches = { cachestoreprivate: 'private', cachestorenostore: 'no-store' } as const;

function checkApache({ report }: RuleContext<typeof messages>): Visitor {
  const seen = new Set<Directive>();

  function check(scope: Scope, cache: Directive | undefined): void {
    for (const [key, header] of Object.entries(apacheSwitches)) {
      const directive = scope.effective(key).at(-1);
      if (!cache || !directive || seen.has(directive) || !isOn(directive)) continue;
      seen.add(directive);
      const related = [{ at: cache, message: 'the cache' }];
      report({ message: 'private', at: directive, data: { directive: directive.name.value, header }, related });
    }
  }

  return {
    virtualHost({ scope, routes }) {
      const inRoutes = routes.flatMap((route) => route.scope.effective('cacheenable'));
      check(scope, scope.effective('cacheenable').at(-1) ?? inRoutes[0]);
    },
    route({ scope }) {
      check(scope, scope.effective('cacheenable').at(-1));
    },
  };
}
