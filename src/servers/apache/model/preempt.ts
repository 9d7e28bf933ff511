import { unknown } from '../../../model/model.ts';
import type { Mapping } from './handlers.ts';
import { everything } from '../meaning/paths.ts';
import type { RewriteRule } from '../meaning/rewrite.ts';

/** True if a rule of the server level answers every request by itself, so that no mapping after it is reached. */
export function preempts(rule: RewriteRule, mapping: Mapping): boolean {
  if (!rule.certain || rule.conditions.length > 0 || rule.negated || rule.pattern === unknown) return false;
  return mapping.paths === everything && mapping.action.kind === 'other';
}
