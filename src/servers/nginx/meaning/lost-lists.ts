/** Lists of nginx that an inner level replaces as a whole: what a level loses by its own lines. */
import type { Route, Scope, VirtualHost } from '../../../model/model.ts';
import { headerOf, type Directive } from '../../../syntax/tree.ts';

export interface LostList {
  /** Lines of the outer levels that hold here no longer. */
  readonly lost: readonly Directive[];
  /** The first line of this level, which replaces them. */
  readonly lostBy: Directive;
}

/** Undefined where nothing is lost, or where this level could not be read. `nameOf`: what makes two lines one setting. */
export function lostList(scope: Scope, key: string, nameOf: (directive: Directive) => string): LostList | undefined {
  const [lostBy] = scope.own(key);
  if (!lostBy || scope.certainty(key) === 'unread') return undefined;
  const kept = new Set(scope.effective(key).map(nameOf));
  // One without arguments is refused.
  const lost = (scope.outer?.effective(key) ?? []).filter(
    (directive) => directive.args.length > 0 && !kept.has(nameOf(directive)),
  );
  return lost.length > 0 ? { lost, lostBy } : undefined;
}

/** Calls `check` for each level at or below a virtual host. */
export function eachLevel(check: (scope: Scope) => void): {
  readonly virtualHost: (virtualHost: VirtualHost) => void;
  readonly route: (route: Route) => void;
} {
  return {
    virtualHost: ({ scope }) => check(scope),
    // The route of a server that has a handler itself is the level of its virtual host.
    route: ({ scope, virtualHost }) => {
      if (scope !== virtualHost.scope) check(scope);
    },
  };
}

/** The name a list is keyed by in most directives: the first argument. */
export function firstName({ args }: Directive): string {
  return args[0]?.value.toLowerCase() ?? '';
}

/** Name and arguments, as written. */
export function textOf(directive: Directive): string {
  const { file, start, end } = headerOf(directive);
  return file.text.slice(start, end);
}
