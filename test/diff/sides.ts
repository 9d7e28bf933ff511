/** Two texts as the sides of a comparison. */
import { compareConfigs, type Comparison } from '../../src/diff/compare.ts';
import type { Side } from '../../src/diff/side.ts';
import { refusalsOf } from '../../src/lint/refusals.ts';
import { loadTracer, lower, serverOf } from '../../src/servers/index.ts';
import type { Dialect } from '../../src/syntax/tree.ts';
import { sentenceOf } from '../../src/formatters/diff/sentences.ts';
import { configOf } from '../helpers/lint.ts';

export async function sideFrom(dialect: Dialect, text: string): Promise<Side> {
  const level = dialect === 'apache' ? 'server' : 'main';
  const config = await configOf({ path: `site.${dialect}`, text, dialect, level });
  const [refusal] = await refusalsOf(config, {});
  const tracer = (await loadTracer(dialect))!;
  const forms = await serverOf(dialect).loadSettingForms?.();
  return {
    config: { ...config, complete: true, serversComplete: true },
    model: lower(config, {}),
    targets: {},
    tracer,
    forms,
    refusal,
  };
}

export async function compareTexts(dialect: Dialect, old: string, now: string): Promise<Comparison> {
  return compareConfigs(await sideFrom(dialect, old), await sideFrom(dialect, now));
}

/** `severity kind: sentence`. */
export async function statementsOf(dialect: Dialect, old: string, now: string): Promise<readonly string[]> {
  const { statements } = await compareTexts(dialect, old, now);
  return statements.map((each) => `${each.severity} ${each.kind}: ${sentenceOf(each)}`);
}
