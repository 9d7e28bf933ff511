/** What of a directive counts at a place, asked of the model: inheritance is resolved there. */
import type { Certainty, Model, Scope } from '../model/model.ts';
import type { Config } from '../syntax/config.ts';
import type { Directive } from '../syntax/tree.ts';
import { isTransparent } from './transparent.ts';
import type { View } from './view.ts';

export interface InForce {
  /** In the order of the config. */
  readonly directives: readonly Directive[];
  readonly certainty: Certainty;
}

/** Undefined where no level of the model stands around the place. */
export function inForceAt(view: View, config: Config, { key, parent }: Directive): InForce | undefined {
  const scope = scopeAround(view.modelOf(config), parent.owner);
  return scope && { directives: scope.effective(key), certainty: scope.certainty(key) };
}

const scopes = new WeakMap<Model, ReadonlyMap<Directive | undefined, Scope>>();

/** The level that a block opens. */
export function scopeAround(model: Model, owner: Directive | undefined): Scope | undefined {
  let byDirective = scopes.get(model);
  if (!byDirective) scopes.set(model, (byDirective = readScopes(model)));
  let around = owner;
  for (;;) {
    const scope = byDirective.get(around);
    if (scope) return scope;
    if (!around || !isTransparent(around)) return undefined;
    around = around.parent.owner;
  }
}

function readScopes({ virtualHosts }: Model): Map<Directive | undefined, Scope> {
  const byDirective = new Map<Directive | undefined, Scope>();
  const add = (scope: Scope | undefined): void => {
    for (let each = scope; each && !byDirective.has(each.directive); each = each.outer)
      byDirective.set(each.directive, each);
  };
  for (const host of virtualHosts) {
    add(host.scope);
    for (const route of host.routes) if (route.scope.directive === route.directive) add(route.scope);
  }
  return byDirective;
}
