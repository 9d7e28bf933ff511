import type { Rule } from '../../rules/define-rule.ts';
import { suggest } from '../../text/suggest.ts';
import { UsageError } from '../usage-error.ts';

/** The rule with the id. Throws {@link UsageError} if there is none. */
export function findRule(id: string, rules: readonly Rule[]): Rule {
  const rule = rules.find((each) => each.id === id);
  if (rule) return rule;
  const ids = rules.map((each) => each.id);
  const near = suggest(id, ids);
  throw new UsageError(
    `no rule "${id}"; ${near === undefined ? '"proxylint rules" lists them' : `did you mean "${near}"?`}`,
  );
}
