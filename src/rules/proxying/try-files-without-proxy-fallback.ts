import type { Route, VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { isNamedLocationUsed } from '../../servers/nginx/meaning/named-locations.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: '"try_files" ends with an error although a named location with a proxy waits for what is no file',
    why: 'Nothing leads to the named location, so the application behind it is never asked: what is no file answers with an error.',
    how: 'End try_files with the name of the location: "try_files $uri @backend;".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['try_files'] },
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#try_files'],
  },
  messages: {
    ends: '"try_files" ends with "{{last}}", and nothing leads to the proxy in "{{name}}".',
  },
  check({ config, report }) {
    function checkEnd(tries: Directive, proxy: Route): void {
      const last = tries.args.at(-1)!;
      if (!/^=[45]\d\d$/.test(last.value)) return;
      report({
        message: 'ends',
        at: placeIn(tries, last),
        data: { last: last.value, name: proxy.match.pattern },
        related: [{ at: proxy.directive, message: 'nothing leads here' }],
        witness: "curl -i 'http://host/no-such-file'",
        fix: {
          title: 'End with the named location',
          edits: [{ place: placeIn(tries, last), text: proxy.match.pattern }],
        },
      });
    }

    return {
      virtualHost(host) {
        const [proxy, another] = host.routes.filter(
          (route) =>
            route.match.kind === 'named' && route.handler.kind === 'proxy' && !isNamedLocationUsed(config, route),
        );
        if (!proxy || another) return;
        for (const tries of catchAllTries(host)) checkEnd(tries, proxy);
      },
    };
  },
});

/** Those that take what no other location does. */
function catchAllTries({ scope, routes }: VirtualHost): Directive[] {
  const all = routes.filter(({ match }) => match.kind === 'prefix' && match.pattern === '/');
  return [scope, ...all.map((route) => route.scope)]
    .flatMap((level) => level.own('try_files'))
    .filter(({ args }) => args.length > 1);
}
