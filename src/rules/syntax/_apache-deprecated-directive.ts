import type { RuleContext, Visitor } from '../define-rule.ts';
import { apacheMessages } from './_apache/messages.ts';
import { reportApache } from './_apache/report.ts';

export const messages = apacheMessages['deprecated-directive'];

export function check(context: RuleContext<typeof messages>): Visitor {
  return reportApache(context, 'deprecated-directive');
}
