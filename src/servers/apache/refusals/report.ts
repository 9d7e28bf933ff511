import type { Targets } from '../../../model/versions.ts';
import type { Config } from '../../../syntax/config.ts';
import { analyze } from './analyze.ts';
import type { ApacheRule } from './messages.ts';
import type { Refusal } from './refusal.ts';

interface Context<Rule extends ApacheRule> {
  readonly config: Config;
  readonly targets: Targets;
  report(refusal: Refusal<Rule>): void;
}

/** Reports what the one analysis of the config found for this rule. */
export function reportApache<Rule extends ApacheRule>(
  { config, targets, report }: Context<Rule>,
  rule: Rule,
): { readonly start: () => void } {
  return {
    start() {
      for (const refusal of analyze(config, targets)) if (isOf(refusal, rule)) report(refusal);
    },
  };
}

function isOf<Rule extends ApacheRule>(refusal: Refusal, rule: Rule): refusal is Refusal & Refusal<Rule> {
  return refusal.rule === rule;
}
