import type { RuleContext, Visitor } from '../define-rule.ts';
import { apacheMessages } from '../../servers/apache/refusals/messages.ts';
import { reportApache } from '../../servers/apache/refusals/report.ts';

export const messages = apacheMessages['needs-newer-version'];

export function check(context: RuleContext<typeof messages>): Visitor {
  return reportApache(context, 'needs-newer-version');
}
