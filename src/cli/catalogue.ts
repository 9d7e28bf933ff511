/** `proxylint rules` and `proxylint explain RULE`. */
import { adviceOf } from '../rules/advice.ts';
import type { RuleMeta } from '../rules/define-rule.ts';
import { loadProfiles, profilesOf } from '../config/sets.ts';
import { disarmCommands, escapeControls } from '../formatters/escape.ts';
import { findRule } from './find-rule.ts';
import type { PluginOptions } from './options.ts';
import { print } from './output.ts';
import { Project } from './project.ts';

/** Throws {@link ConfigError} for a config whose plugins cannot be loaded, or may not. */
export async function printRules(options: PluginOptions): Promise<void> {
  const rules = await Project.rulesOf(options);
  const width = Math.max(...rules.map((rule) => rule.id.length));
  const lines = rules.map(({ id, meta }) => {
    const set = meta.set === 'recommended' ? '' : ` (${meta.set})`;
    return `${id.padEnd(width)}  ${meta.severity.padEnd(7)}  ${meta.dialects.join(', ')}: ${meta.summary}${set}`;
  });
  printLines(lines);
}

/** Throws {@link UsageError} if there is no such rule, {@link ConfigError} as {@link printRules}. */
export async function explainRule(id: string, options: PluginOptions): Promise<void> {
  const { meta, category } = findRule(id, await Project.rulesOf(options));
  const lines = [
    `${id}: ${meta.summary}`,
    '',
    `Severity ${meta.severity}, confidence ${meta.confidence}, category ${category}, set ${meta.set}, since ${meta.since}`,
    `For ${meta.dialects.join(', ')}`,
    '',
    `Why: ${meta.why}`,
    `How: ${adviceOf(meta)}`,
    ...(meta.fixable ? [`Fix: ${meta.fixable}`] : []),
    ...optionLines(meta),
    ...(await profileLines(id)),
    '',
    ...meta.references,
  ];
  printLines(lines);
}

function printLines(lines: readonly string[]): void {
  print(disarmCommands(`${lines.map(escapeControls).join('\n')}\n`));
}

function optionLines({ options = {}, pedanticOptions = {} }: RuleMeta): string[] {
  const entries = Object.entries(options) as [string, { default?: unknown; description?: string }][];
  return entries.map(([name, { default: value, description }]) => {
    const stricter = name in pedanticOptions ? `, pedantic: ${JSON.stringify(pedanticOptions[name])}` : '';
    return `Option ${name} (default ${JSON.stringify(value)}${stricter}): ${description ?? ''}`;
  });
}

async function profileLines(id: string): Promise<string[]> {
  const profiles = profilesOf(id, await loadProfiles());
  return [...profiles].map(
    ([name, items]) => `Profile ${name}${items.length > 0 ? `: answers ${items.join(', ')}` : ''}`,
  );
}
