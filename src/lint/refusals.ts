/** What the server refuses a config for. */
import type { Targets } from '../model/versions.ts';
import type { Finding } from '../rules/finding.ts';
import { rules as allRules } from '../rules/index.gen.ts';
import type { Config } from '../syntax/config.ts';
import { lintConfig } from './run.ts';
import type { ActiveRule } from './plan.ts';

/** All that the server refuses, whatever is switched off or silenced. */
export const refusalRules: readonly ActiveRule[] = allRules
  .filter(({ category }) => category === 'syntax')
  .map((rule) => ({ rule }));

/** In the order of the config, those that a comment silences too. */
export async function refusalsOf(
  config: Config,
  targets: Targets,
  rules: readonly ActiveRule[] = refusalRules,
): Promise<readonly Finding[]> {
  const { findings } = await lintConfig(config, { rules, targets, suppressions: false });
  return findings.filter(({ category, severity }) => category === 'syntax' && severity === 'error');
}
