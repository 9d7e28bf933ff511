import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isForeign, proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { insertBefore } from '../../edits/statements.ts';
import { textOf } from '../../servers/nginx/meaning/lost-lists.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';

/** They concern one hop: losing them alone is how a route without upgrade or keepalive is written. */
const hopHeaders: ReadonlySet<string> = new Set(['connection', 'upgrade']);

export default defineRule({
  meta: {
    summary: 'An inner proxy_set_header or grpc_set_header drops those of the outer level',
    why: 'nginx inherits proxy_set_header only where the inner level has none at all, so one such line drops every header that was set further out.',
    how: 'Repeat the lost headers on the inner level, or put all of them into one file and include it on both levels.',
    whenOff: 'Where the backend of the inner level needs none of the outer headers.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    options: {
      hopHeaders: {
        type: 'boolean',
        default: false,
        description:
          'Report also where only "Connection" and "Upgrade" are lost, as a route without upgrade may want it.',
      },
    },
    pedanticOptions: { hopHeaders: true },
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header'],
  },
  messages: {
    lost: 'The "{{directive}}" directives of this level drop those of the outer level: the backend no longer receives {{headers}} as set there.',
  },
  check({ options, report }) {
    const seen = new Set<Directive>();

    function check(route: ProxyRoute): void {
      const { lost, lostBy, setBy, certainty } = route.backend;
      if (!lostBy || seen.has(lostBy) || certainty === 'unread' || isForeign(route)) return;
      if (!options.hopHeaders && lost.every(({ name }) => hopHeaders.has(name.toLowerCase()))) return;
      seen.add(lostBy);
      const set = lost.flatMap(({ name, origin }) => (origin === 'default' ? [] : { name, origin }));
      const related = set.map(({ name, origin }) => ({ at: origin, message: `"${name}" is set here and lost` }));
      const lines = set.map(({ origin }) => textOf(origin));
      report({
        message: 'lost',
        at: setBy?.directive ?? lostBy,
        data: { directive: lostBy.name.value, headers: listOf(lost.map(({ name }) => `"${name}"`)) },
        related: [{ at: lostBy, message: 'this level has its own list from here on' }, ...related],
        fix: { title: 'Repeat the lost headers', edits: [insertBefore(lostBy, lines)] },
      });
    }

    return {
      route(route: Route) {
        const proxied = proxyRoute(route, ['http', 'websocket', 'grpc']);
        if (proxied) check(proxied);
      },
    };
  },
});
