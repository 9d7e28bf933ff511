import type { ActiveRule } from '../lint/plan.ts';
import type { Rule } from '../rules/define-rule.ts';
import type { RuleSettings } from './types.ts';

export interface RuleSelection {
  /** Settings by rule id; later ones win. */
  readonly settings: readonly RuleSettings[];
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
    const severity = found.findLast((setting) => setting.severity)?.severity;
    const isOff = severity ? severity === 'off' : rule.meta.set !== 'recommended';
    if (isOff && only.length === 0) continue;
    const forced = severity === 'off' || severity === 'default' ? undefined : severity;
    const options = Object.assign({}, ...found.map((setting) => setting.options)) as Readonly<Record<string, unknown>>;
    active.push({ rule, ...(forced && { severity: forced }), options });
  }
  return active;
}
