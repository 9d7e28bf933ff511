import type { Backend, Handler, Match, Route, Upstream, VirtualHost } from '../../model.ts';
import type { Directive } from '../../syntax.ts';
import type { Backends } from './backend.ts';
import { ownHandler, rewriteAnswer } from './handler.ts';
import { conditionMatch, everything, locationMatch } from './match.ts';
import { NginxScope } from './scope.ts';

export interface RouteContext {
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly backends: Backends;
}

const noConditions: Route['conditions'] = [];

class NginxRoute implements Route {
  readonly directive: Directive;
  readonly match: Match;
  readonly virtualHost: VirtualHost;
  readonly parent: Route | undefined;
  readonly handler: Handler;
  readonly scope: NginxScope;
  readonly preemptedBy: Directive | undefined;
  readonly #backends: Backends;
  #backend: Backend | undefined;

  readonly conditions = noConditions;

  constructor(
    fields: Omit<Route, 'backend' | 'scope' | 'internal' | 'conditions'> & { scope: NginxScope },
    backends: Backends,
  ) {
    this.directive = fields.directive;
    this.match = fields.match;
    this.virtualHost = fields.virtualHost;
    this.parent = fields.parent;
    this.handler = fields.handler;
    this.scope = fields.scope;
    this.preemptedBy = fields.preemptedBy;
    this.#backends = backends;
  }

  get internal(): boolean {
    return this.scope.effective('internal').length > 0;
  }

  get backend(): Backend | undefined {
    return (this.#backend ??= this.#backends.of(this.scope, this.handler));
  }
}

/** The routes of a virtual host: the server level itself where it answers, then its locations, `if`s and `limit_except`s. */
export function routesOf(host: VirtualHost & { readonly scope: NginxScope }, context: RouteContext): Route[] {
  const routes: Route[] = [];
  const { scope } = host;
  const preemptedBy = preemption(scope);
  const own = ownHandler(scope, context.upstreams);
  const directive = host.directive ?? (own && 'directive' in own ? own.directive : undefined);
  if (own && directive) {
    const fields = { directive, match: everything, virtualHost: host, parent: undefined, handler: own };
    routes.push(new NginxRoute({ ...fields, scope, preemptedBy: undefined }, context.backends));
  }
  // An explicit stack: included files make the nesting as deep as they like.
  const pending = innerOf(scope, undefined).reverse();
  for (let item = pending.pop(); item; item = pending.pop()) {
    const inner = new NginxScope(item.directive.block!, item.scope);
    const handler = handlerOf(item, inner, context);
    if (!handler) continue;
    const match = item.directive.key === 'location' ? locationMatch(item.directive) : conditionMatch(item.directive);
    const place = { directive: item.directive, match, virtualHost: host, parent: item.parent };
    const route = new NginxRoute({ ...place, handler, scope: inner, preemptedBy }, context.backends);
    routes.push(route);
    pending.push(...innerOf(inner, route).reverse());
  }
  return routes;
}

interface Inner {
  readonly directive: Directive;
  readonly scope: NginxScope;
  readonly parent: Route | undefined;
}

function innerOf(scope: NginxScope, parent: Route | undefined): Inner[] {
  const inner: Inner[] = [];
  for (const directive of scope.directives) {
    if (!directive.block || !routeDirectives.has(directive.key)) continue;
    inner.push({ directive, scope, parent });
  }
  return inner;
}

const routeDirectives: ReadonlySet<string> = new Set(['location', 'if', 'limit_except']);

/** `if` and `limit_except` take over the content handler of their location; an `if` of the server only rewrites. */
function handlerOf({ directive, parent }: Inner, scope: NginxScope, context: RouteContext): Handler | undefined {
  if (directive.key === 'location') return ownHandler(scope, context.upstreams) ?? bareHandler(scope);
  if (parent) return ownHandler(scope, context.upstreams) ?? parent.handler;
  const answer = scope.directives.find((inner) => rewriteAnswer(inner));
  return answer && rewriteAnswer(answer);
}

function bareHandler(scope: NginxScope): Handler {
  return { kind: scope.open ? 'unknown' : 'static' };
}

/** The unconditional `return` or redirecting `rewrite` of the server level: it runs before a location is looked for. */
function preemption(scope: NginxScope): Directive | undefined {
  if (scope.own('return').length === 0 && scope.own('rewrite').length === 0) return undefined;
  return scope.directives.find((directive) => rewriteAnswer(directive));
}
