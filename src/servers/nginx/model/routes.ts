import type { Backend, Handler, Match, Route, VirtualHost } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Backends } from './backend.ts';
import { type TargetContext, ownHandler, rewriteAnswer, serverHandler } from './handler.ts';
import { conditionMatch, everything, locationMatch } from '../meaning/match.ts';
import { NginxScope } from '../meaning/scope.ts';

export interface RouteContext extends TargetContext {
  readonly backends: Backends;
}

const noConditions: Route['conditions'] = [];

type RouteFields = Pick<Route, 'directive' | 'match' | 'virtualHost' | 'parent' | 'handler' | 'preemptedBy'> & {
  readonly scope: NginxScope;
};

class NginxRoute implements Route {
  readonly directive: Directive;
  readonly match: Match;
  readonly virtualHost: VirtualHost;
  readonly parent: Route | undefined;
  readonly handler: Handler;
  readonly scope: NginxScope;
  readonly preemptedBy: Directive | undefined;
  readonly conditions = noConditions;
  readonly #backends: Backends;
  #backend: Backend | undefined;

  constructor(fields: RouteFields, backends: Backends) {
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
  const { scope: server } = host;
  const answer = serverRoute(host, context);
  if (answer) routes.push(answer);
  const preemptedBy = preemption(server);
  // An explicit stack: included files make the nesting as deep as they like.
  const pending: Inner[] = [];
  pushInner(pending, server, undefined);
  for (let item = pending.pop(); item; item = pending.pop()) {
    const { directive, parent } = item;
    const scope = new NginxScope(directive.block!, item.scope);
    const handler = handlerOf(item, scope, context);
    if (!handler) continue;
    const match = directive.key === 'location' ? locationMatch(directive) : conditionMatch(directive);
    const route = new NginxRoute(
      { directive, match, virtualHost: host, parent, handler, scope, preemptedBy },
      context.backends,
    );
    routes.push(route);
    pushInner(pending, scope, route);
  }
  return routes;
}

function serverRoute(host: VirtualHost & { readonly scope: NginxScope }, context: RouteContext): Route | undefined {
  const { scope } = host;
  const handler = host.directive ? serverHandler(scope, context) : ownHandler(scope, context);
  const directive = host.directive ?? (handler && 'directive' in handler ? handler.directive : undefined);
  if (!handler || !directive) return undefined;
  const place = { directive, match: everything, virtualHost: host, parent: undefined, preemptedBy: undefined };
  return new NginxRoute({ ...place, handler, scope }, context.backends);
}

interface Inner {
  readonly directive: Directive;
  readonly scope: NginxScope;
  readonly parent: Route | undefined;
}

/** Last first, so that the first is taken first. */
function pushInner(pending: Inner[], scope: NginxScope, parent: Route | undefined): void {
  const { directives } = scope;
  for (let index = directives.length - 1; index >= 0; index--) {
    const directive = directives[index]!;
    if (directive.block && routeDirectives.has(directive.key)) pending.push({ directive, scope, parent });
  }
}

const routeDirectives: ReadonlySet<string> = new Set(['location', 'if', 'limit_except']);

/** `if` and `limit_except` take over the content handler of their location; an `if` of the server only rewrites. */
function handlerOf({ directive, parent }: Inner, scope: NginxScope, context: RouteContext): Handler | undefined {
  if (directive.key === 'location') return ownHandler(scope, context) ?? bareHandler(scope);
  if (parent) return ownHandler(scope, context) ?? parent.handler;
  const answer = scope.directives.find((inner) => rewriteAnswer(inner));
  return answer && rewriteAnswer(answer);
}

function bareHandler(scope: NginxScope): Handler {
  return { kind: scope.open ? 'unknown' : 'static' };
}

/** The unconditional `return` or redirecting `rewrite` of the server level: it runs before a location is looked for. */
function preemption(scope: NginxScope): Directive | undefined {
  if (scope.own('return').length === 0 && scope.own('rewrite').length === 0) return undefined;
  const first = scope.directives.find((directive) => rewriteAnswer(directive) ?? endsRewriting(directive));
  return first && rewriteAnswer(first) ? first : undefined;
}

/** A request that such a rewrite of the server takes goes on to the locations. */
function endsRewriting({ key, args }: Directive): boolean {
  return key === 'rewrite' && /^(?:last|break)$/.test(args[2]?.value ?? '');
}
