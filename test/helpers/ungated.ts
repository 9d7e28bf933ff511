/** Rules without what they need: they look at every config. */
import type { Rule } from '../../src/rules/define-rule.ts';

export function ungated(rule: Rule): Rule {
  const { needs: _, ...meta } = rule.meta;
  return { ...rule, meta };
}
