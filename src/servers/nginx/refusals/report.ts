import type { RuleContext, Visitor } from '../../../rules/define-rule.ts';
import { analyze } from './analyze.ts';
import type { nginxMessages } from './messages.ts';
import type { NginxRule } from './refusals.ts';

/** Reports what the one analysis of the config found for this rule. */
export function reportNginx<Id extends NginxRule>(
  { config, targets, report }: RuleContext<(typeof nginxMessages)[Id]>,
  rule: Id,
): Visitor {
  return {
    start() {
      for (const refusal of analyze(config, targets).of(rule)) report(refusal);
    },
  };
}
