import type { Report } from '../../define-rule.ts';
import type { nginxMessages } from './messages.ts';

export type NginxRule = keyof typeof nginxMessages;
export type NginxReport<Id extends NginxRule> = Report<(typeof nginxMessages)[Id]>;

/** What the analysis of one config found, by the rule that reports it. */
export class Refusals {
  readonly #byRule = new Map<NginxRule, unknown[]>();

  add<Id extends NginxRule>(rule: Id, report: NginxReport<Id>): void {
    const reports = this.#byRule.get(rule);
    if (reports) reports.push(report);
    else this.#byRule.set(rule, [report]);
  }

  of<Id extends NginxRule>(rule: Id): readonly NginxReport<Id>[] {
    return (this.#byRule.get(rule) ?? []) as NginxReport<Id>[];
  }

  get isEmpty(): boolean {
    return this.#byRule.size === 0;
  }
}
