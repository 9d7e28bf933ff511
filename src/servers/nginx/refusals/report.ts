import type { Config } from '../../../syntax/config.ts';
import type { Targets } from '../../../model/versions.ts';
import type { Statement } from '../../diagnostic.ts';
import { analyze } from './analyze.ts';
import type { nginxMessages } from './messages.ts';
import type { NginxRule } from './refusals.ts';

/** Who asks for the refusals of one rule: the context of the rule. */
interface Listener<Id extends NginxRule> {
  readonly config: Config;
  readonly targets: Targets;
  report(statement: Statement<(typeof nginxMessages)[Id]>): void;
}

/** Reports what the one analysis of the config found for this rule. */
export function reportNginx<Id extends NginxRule>(
  { config, targets, report }: Listener<Id>,
  rule: Id,
): { start(): void } {
  return {
    start() {
      for (const diagnostic of analyze(config, targets).of(rule)) report(diagnostic);
    },
  };
}
