import type { RuleContext, Visitor } from '../define-rule.ts';

export const messages = {} as const;

export function check(_context: RuleContext<typeof messages>): Visitor {
  return {};
}
