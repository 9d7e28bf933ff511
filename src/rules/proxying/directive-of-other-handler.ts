import type { Offer } from '../../edits/lines.ts';
import type { Route } from '../../model/model.ts';
import { nginxDirectives } from '../../servers/nginx/facts/index.ts';
import { passDirectives, passKeys, passOf, type PassDirective } from '../../servers/nginx/meaning/pass.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

/** A setting of another backend than `proxy_pass` is one side of each finding. */
const otherFamilies = [...passDirectives.values()].flatMap(({ family }) => (family === 'proxy' ? [] : `${family}_*`));

export default defineRule({
  meta: {
    summary: 'A location sets something for another protocol than the one that it speaks',
    why: 'Each module of nginx reads its own settings only: a "fastcgi_read_timeout" beside "proxy_pass" is accepted and changes nothing, so that the timeout, header or buffer that was meant keeps its default.',
    how: 'Write the directive of the module that hands the request on: "proxy_..." beside "proxy_pass", "grpc_..." beside "grpc_pass".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: otherFamilies },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html',
      'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html',
      'https://nginx.org/en/docs/http/ngx_http_grpc_module.html',
    ],
  },
  messages: {
    unread: '"{{directive}}" has no effect here: this location speaks through "{{pass}}", which never reads it.',
  },
  check({ report }) {
    function check(route: Route, used: ReadonlySet<string>): void {
      const { handler } = route;
      const pass = handler.kind === 'proxy' ? passDirectives.get(handler.directive.key) : undefined;
      // What is inherited is for all that inherits it.
      if (handler.kind !== 'proxy' || !pass || route.scope.own(pass.key).length === 0) return;
      for (const directive of ownSettings(route)) {
        const other = passOf(directive.key);
        if (!other || other.key === pass.key || directive.key === other.key || used.has(other.key)) continue;
        report({
          message: 'unread',
          at: directive,
          data: { directive: directive.name.value, pass: pass.key },
          related: [{ at: handler.directive, message: 'hands the request on' }],
          ...renamed(directive, other, pass, route),
        });
      }
    }

    return {
      virtualHost({ routes }) {
        const used = passesBelow(routes);
        for (const route of routes)
          if (route.directive.key === 'location' && !route.scope.open) check(route, used.get(route)!);
      },
    };
  },
});

/** Those in the text of the location itself: a file that is included may be made for several protocols. */
function ownSettings({ directive }: Route): readonly Directive[] {
  return directive.block?.directives ?? [];
}

/** By route, the pass directives on its own level and in the blocks within, whose settings it may hold. */
function passesBelow(routes: readonly Route[]): ReadonlyMap<Route, ReadonlySet<string>> {
  const used = new Map<Route, Set<string>>(routes.map((route) => [route, new Set()]));
  // Inner routes come behind outer ones.
  for (const route of routes.toReversed()) {
    const own = used.get(route)!;
    // Where not all was read, any may follow.
    for (const key of passKeys) if (route.scope.open || route.scope.own(key).length > 0) own.add(key);
    const outer = route.parent && used.get(route.parent);
    if (outer) for (const key of own) outer.add(key);
  }
  return used;
}

/** The setting of the same name, where the other module has it and nothing sets it yet. */
function renamed(directive: Directive, from: PassDirective, to: PassDirective, { scope }: Route): Offer {
  const { key, name } = directive;
  const wanted = to.family + key.slice(from.family.length);
  const isKnown = nginxDirectives(wanted).some(({ contexts }) => contexts.includes('location'));
  if (!isKnown || (scope.own(wanted).length > 0 && key !== from.teller)) return {};
  const edits = [{ place: placeIn(directive, name), text: wanted }];
  return { fix: { title: `Write "${wanted}"`, edits } };
}
