/** Rewrite rules of httpd that leave nothing for what comes after them. */
import type { Route } from '../../model/model.ts';
import { everything, regexPaths } from '../../servers/apache/meaning/paths.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import type { Directive } from '../../syntax/tree.ts';

/** The rules of a virtual host that take any path, and hand on what fulfils their conditions. */
export function rulesForAnyPath(routes: readonly Route[]): readonly Route[] {
  return routes.filter((route) => !route.parent && handsAllOn(route));
}

/**
 * Those of the rules for any path that together hand on every request: one without a condition, or two whose only conditions are
 * opposites (`%{HTTP:Upgrade} =websocket` and `!=websocket`). mod_rewrite runs before any ProxyPass. Empty where something is left.
 */
export function rulesForAll(forAnyPath: readonly Route[], beside: Directive): readonly Route[] {
  const rules = forAnyPath.filter((route) => holdsWith(route.directive, beside));
  const sole = rules.find(({ conditions }) => conditions.length === 0);
  if (sole) return [sole];
  const seen = new Map<string, Route>();
  for (const rule of rules) {
    const condition = rule.conditions.length === 1 ? keyOf(rule.conditions[0]!) : undefined;
    if (!condition) continue;
    const opposite = seen.get(`${!condition.isNegated} ${condition.text}`);
    if (opposite) return [opposite, rule];
    seen.set(`${condition.isNegated} ${condition.text}`, rule);
  }
  return [];
}

function handsAllOn({ directive, handler, match }: Route): boolean {
  const isRule = directive.key === 'rewriterule' && handler.kind === 'proxy';
  return isRule && match.kind === 'regex' && regexPaths(match.pattern) === everything;
}

function keyOf({ args }: Directive): { text: string; isNegated: boolean } | undefined {
  const [test, pattern, flags] = args.map(({ value }) => value);
  if (test === undefined || pattern === undefined || /\bOR\b/i.test(flags ?? '')) return undefined;
  const isNegated = pattern.startsWith('!');
  return { text: [test, isNegated ? pattern.slice(1) : pattern, flags?.toLowerCase() ?? ''].join(' '), isNegated };
}
