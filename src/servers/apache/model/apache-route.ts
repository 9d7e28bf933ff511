import type { Backend, Handler, Match, Route, VirtualHost } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { ApacheScope } from '../meaning/scope.ts';

type RouteFields = Pick<Route, 'directive' | 'match' | 'virtualHost' | 'parent' | 'preemptedBy' | 'conditions'>;

/** Its scope and what its backend receives are read when they are asked for. */
export class ApacheRoute implements Route {
  readonly directive: Directive;
  readonly match: Match;
  readonly virtualHost: VirtualHost;
  readonly parent: Route | undefined;
  readonly preemptedBy: Directive | undefined;
  readonly conditions: readonly Directive[];
  readonly handler: Handler;
  readonly internal = false;
  readonly #readScope: () => ApacheScope;
  readonly #readBackend: (scope: ApacheScope) => Backend | undefined;
  #scope: ApacheScope | undefined;
  #backend: Backend | null | undefined;

  constructor(
    fields: RouteFields,
    handler: Handler,
    readScope: () => ApacheScope,
    readBackendIn: (scope: ApacheScope) => Backend | undefined,
  ) {
    this.directive = fields.directive;
    this.match = fields.match;
    this.virtualHost = fields.virtualHost;
    this.parent = fields.parent;
    this.preemptedBy = fields.preemptedBy;
    this.conditions = fields.conditions;
    this.handler = handler;
    this.#readScope = readScope;
    this.#readBackend = readBackendIn;
  }

  get scope(): ApacheScope {
    return (this.#scope ??= this.#readScope());
  }

  get backend(): Backend | undefined {
    if (this.#backend === undefined) this.#backend = this.#readBackend(this.scope) ?? null;
    return this.#backend ?? undefined;
  }
}

export const noBackend = (): undefined => undefined;
