import type { LintSettings } from './lint-source.ts';
import type { ActiveRule } from './plan.ts';

/** Hosts that make their settings anew may well make the same ones. */
export function isSameSettings(a: LintSettings, b: LintSettings): boolean {
  if (a === b) return true;
  const isSameRule = (active: ActiveRule, index: number): boolean => active.rule === b.rules[index]?.rule;
  return a.rules.length === b.rules.length && a.rules.every(isSameRule) && printOf(a) === printOf(b);
}

function printOf({
  rules: active,
  knownRules,
  targets,
  minConfidence,
  root,
  suppressions,
  applications,
  ...others
}: LintSettings): string {
  const chosen = active.map(({ rule, severity, options }) => [rule.id, severity, options]);
  const refusals = others.refusalRules?.length ?? 0;
  return JSON.stringify([
    chosen,
    [...(knownRules ?? [])],
    targets,
    minConfidence,
    root,
    suppressions,
    applications,
    refusals,
  ]);
}
