import type { RuleContext, Visitor } from '../../../rules/define-rule.ts';
import { analyse } from './analysis.ts';
import type { apacheMessages, ApacheRule } from './messages.ts';

/** Reports what the one analysis of the config found for this rule. */
export function reportApache<Id extends ApacheRule>(
  context: RuleContext<(typeof apacheMessages)[Id]>,
  rule: Id,
): Visitor {
  return {
    start() {
      for (const fault of analyse(context.config, context.targets)) {
        if (fault.rule === rule) context.report(fault as unknown as Parameters<typeof context.report>[0]);
      }
    },
  };
}
