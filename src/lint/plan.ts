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

type AnyOptions = Readonly<Record<string, unknown>>;

/** A rule as it meets the configs of one server. Only what it needs is looked at before a config has that. */
export class PlannedRule {
  readonly active: ActiveRule;
  /** Undefined: it always has something to look at. */
  readonly needs: Needs | undefined;
  readonly #dialect: Dialect;
  #options: AnyOptions | undefined;
  #checks: readonly Check<Rule['messages'], AnyOptions>[] | undefined;

  constructor(active: ActiveRule, dialect: Dialect) {
    this.active = active;
    this.needs = active.rule.meta.needs?.[dialect];
    this.#dialect = dialect;
  }

  /** All that the rule has, with the defaults of those that nobody set. */
  get options(): AnyOptions {
    return (this.#options ??= { ...defaultsOf(this.active.rule), ...this.active.options });
  }

  get checks(): readonly Check<Rule['messages'], AnyOptions>[] {
    return (this.#checks ??= checksFor(this.active.rule.check, this.#dialect));
  }
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
    .map((active) => new PlannedRule(active, dialect));
  return { ids: new Set(rules.map(({ rule }) => rule.id)), rules: planned };
}

function defaultsOf({ meta }: Rule): AnyOptions {
  return Object.fromEntries(Object.entries(meta.options ?? {}).map(([name, schema]) => [name, schema.default]));
}
