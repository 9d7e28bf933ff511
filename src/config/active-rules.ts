import type { Severity } from '../finding.ts';
import type { ActiveRule } from '../linter.ts';
import type { Rule } from '../rules/define-rule.ts';

/** What a config or the command line says about one rule. */
export interface RuleSetting {
  readonly severity?: Severity | 'off';
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface RuleSelection {
  /** Settings by rule id; later ones win. */
  readonly settings: readonly Readonly<Record<string, RuleSetting>>[];
  /** If not empty, only these rules run, also if they are off otherwise. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** The rules that run: those of the recommended set and those that a setting turns on. */
export function selectRules(rules: readonly Rule[], { settings, only = [], skip = [] }: RuleSelection): ActiveRule[] {
  const active: ActiveRule[] = [];
  for (const rule of rules) {
    if (skip.includes(rule.id) || (only.length > 0 && !only.includes(rule.id))) continue;
    const found = settings.flatMap((each) => each[rule.id] ?? []);
    let severity = found.findLast((setting) => setting.severity)?.severity;
    if (!severity && rule.meta.set !== 'recommended') severity = 'off';
    if (severity === 'off') {
      if (only.length === 0) continue;
      severity = undefined;
    }
    const options = Object.assign({}, ...found.map((setting) => setting.options)) as Readonly<Record<string, unknown>>;
    active.push({ rule, ...(severity && { severity }), options });
  }
  return active;
}
