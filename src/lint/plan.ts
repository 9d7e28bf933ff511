/** What is the same for all configs that are linted with the same rules: made once for thousands of files. */
import { checksFor } from '../rules/checks.ts';
import type { Check, Rule } from '../rules/define-rule.ts';
import type { Severity } from '../rules/finding.ts';
import type { Needs } from '../rules/needs.ts';
import type { Dialect } from '../syntax/tree.ts';

/** A rule that is switched on. */
export interface ActiveRule {
  readonly rule: Rule;
  /** Replaces the severity of each finding; undefined keeps what the rule says. */
  readonly severity?: Severity;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A rule as it meets the configs of one server. */
export interface PlannedRule {
  readonly active: ActiveRule;
  /** Undefined: it always has something to look at. */
  readonly needs: Needs | undefined;
  /** All that the rule has, with the defaults of those that nobody set. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly checks: readonly Check<Rule['messages'], Readonly<Record<string, unknown>>>[];
}

export interface Plan {
  /** Of all rules that are on, for whichever server. */
  readonly ids: ReadonlySet<string>;
  /** Those for the server, in their order. */
  readonly rules: readonly PlannedRule[];
}

const plans = new WeakMap<readonly ActiveRule[], Map<Dialect, Plan>>();

/** The list must not change afterwards. */
export function planOf(rules: readonly ActiveRule[], dialect: Dialect): Plan {
  let known = plans.get(rules);
  if (!known) plans.set(rules, (known = new Map()));
  let plan = known.get(dialect);
  if (!plan) known.set(dialect, (plan = makePlan(rules, dialect)));
  return plan;
}

function makePlan(rules: readonly ActiveRule[], dialect: Dialect): Plan {
  const planned = rules
    .filter(({ rule }) => rule.meta.dialects.includes(dialect))
    .map((active) => {
      const { meta, check } = active.rule;
      const options = { ...defaultsOf(active.rule), ...active.options };
      return { active, needs: meta.needs?.[dialect], options, checks: checksFor(check, dialect) };
    });
  return { ids: new Set(rules.map(({ rule }) => rule.id)), rules: planned };
}

function defaultsOf({ meta }: Rule): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(meta.options ?? {}).map(([name, schema]) => [name, schema.default]));
}
