import type { RuleContext, Visitor } from '../../define-rule.ts';
import type { nginxMessages } from './messages.ts';

/** Reports what the one analysis of the config found for this rule. */
export function reportNginx<Id extends keyof typeof nginxMessages>(
  _context: RuleContext<(typeof nginxMessages)[Id]>,
  _rule: Id,
): Visitor {
  return {};
}
