import type { RuleContext, Visitor } from '../define-rule.ts';
import { apacheMessages } from '../../servers/apache/refusals/messages.ts';
import { reportApache } from '../../servers/apache/refusals/report.ts';

export const messages = apacheMessages['deprecated-directive'];

export function check(context: RuleContext<typeof messages>): Visitor {
  return reportApache(context, 'deprecated-directive');
}
