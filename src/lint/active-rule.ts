import type { Severity } from '../rules/finding.ts';
import type { Rule } from '../rules/define-rule.ts';

/** A rule that is switched on. */
export interface ActiveRule {
  readonly rule: Rule;
  /** Replaces the severity of each finding; undefined keeps what the rule says. */
  readonly severity?: Severity;
  readonly options?: Readonly<Record<string, unknown>>;
}
