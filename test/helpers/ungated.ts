/** Rules without what they need: they look at every config. */
import type { Rule } from '../../src/rules/define-rule.ts';

export function ungated(rule: Rule): Rule {
  const { needs: _own, meta, ...rest } = rule;
  const { needs: _declared, ...others } = meta;
  return { ...rest, meta: others };
}
