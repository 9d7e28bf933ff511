/** `proxylint rules` and `proxylint explain RULE`. */
import { adviceOf } from '../../rules/advice.ts';
import type { Rule, RuleMeta } from '../../rules/define-rule.ts';
import { loadExamples, markLine, type RuleExample } from '../../rules/examples.ts';
import { whenOff } from '../../rules/when-off.ts';
import { loadProfiles, loadSet, profilesOf } from '../../config/sets.ts';
import { disarmCommands, escapeControls, escapeJson } from '../../formatters/escape.ts';
import { loadStyles, type Styles } from '../../formatters/styles.ts';
import { suggest } from '../../text/suggest.ts';
import { useColor, type ColorOptions } from '../color.ts';
import { findRule } from '../project/find-rule.ts';
import type { PluginOptions, RulesCommandOptions } from '../options.ts';
import { print } from '../output.ts';
import { Project } from '../project/project.ts';
import { UsageError } from '../usage-error.ts';

/** Throws {@link ConfigError} for a config whose plugins cannot be loaded, or may not, and {@link UsageError} for an unknown category. */
export async function printRules(words: readonly string[], options: RulesCommandOptions): Promise<void> {
  const rules = await selected(await Project.rulesOf(options), words, options);
  if (options.format === 'json') return print(`${escapeJson(JSON.stringify(rules.map(toJson), null, 2))}\n`);
  const styles = await loadStyles(useColor(options));
  const color = { error: styles.red, warning: styles.yellow, info: styles.blue };
  const width = Math.max(0, ...rules.map((rule) => rule.id.length));
  const lines = rules.map(({ id, meta }) => {
    const set = meta.set === 'recommended' ? '' : ` (${meta.set})`;
    const [name, summary] = [id.padEnd(width), `${meta.dialects.join(', ')}: ${meta.summary}${set}`].map(
      escapeControls,
    );
    return `${styles.bold(name!)}  ${color[meta.severity](meta.severity.padEnd(7))}  ${summary}`;
  });
  if (lines.length === 0) lines.push('No such rule.');
  print(disarmCommands(`${lines.join('\n')}\n`));
}

async function selected(
  rules: readonly Rule[],
  words: readonly string[],
  { type, category, set, fixable }: RulesCommandOptions,
): Promise<Rule[]> {
  const categories = [...new Set(rules.map((rule) => rule.category))].sort();
  if (category !== undefined && !(categories as string[]).includes(category)) {
    const near = suggest(category, categories);
    throw new UsageError(
      `--category ${category}: ${near === undefined ? `expected one of ${categories.join(', ')}` : `did you mean "${near}"?`}`,
    );
  }
  const members = set === undefined ? undefined : (await loadSet(set, rules)).document.rules;
  const isOfSet = ({ id, meta }: Rule): boolean =>
    set === 'recommended' || set === 'pedantic' ? meta.set === set : !members || Object.hasOwn(members, id);
  return rules.filter(
    (rule) =>
      (type === undefined || rule.meta.dialects.includes(type)) &&
      (category === undefined || rule.category === category) &&
      (!fixable || rule.meta.fixable !== undefined) &&
      words.every((word) => `${rule.id} ${rule.meta.summary}`.toLowerCase().includes(word.toLowerCase())) &&
      isOfSet(rule),
  );
}

function toJson({ id, category, meta }: Rule): object {
  const { summary, severity, confidence, set, dialects, since, fixable, why, options, references } = meta;
  const how = adviceOf(meta);
  return { id, category, summary, severity, confidence, set, dialects, since, fixable, why, how, options, references };
}

/** Throws {@link UsageError} if there is no such rule, {@link ConfigError} as {@link printRules}. */
export async function explainRule(id: string, options: PluginOptions & ColorOptions): Promise<void> {
  const rule = findRule(id, await Project.rulesOf(options));
  const { meta, category } = rule;
  const off = whenOff(rule);
  const styles = await loadStyles(useColor(options));
  const label = (name: string, text: string): string => `${styles.cyan(`${name}:`)} ${escapeControls(text)}`;
  const lines = [
    `${styles.bold(escapeControls(id))}: ${escapeControls(meta.summary)}`,
    '',
    escapeControls(
      `Severity ${meta.severity}, confidence ${meta.confidence}, category ${category}, set ${meta.set}, since ${meta.since}`,
    ),
    `For ${meta.dialects.join(', ')}`,
    '',
    label('Why', meta.why),
    label('How', adviceOf(meta)),
    ...(meta.fixable ? [label('Fix', meta.fixable)] : []),
    ...(off === '' ? [] : [label('Off', `${off} For one place: # proxylint-ignore ${id}: reason`)]),
    ...(await loadExamples(id)).flatMap((example) => exampleLines(example, styles)),
    '',
    ...[...optionLines(meta), ...(await profileLines(id)), '', ...meta.references].map(escapeControls),
  ];
  print(disarmCommands(`${lines.join('\n')}\n`));
}

function exampleLines({ dialect, settings, reported, corrected, others = [] }: RuleExample, styles: Styles): string[] {
  const indented = (text: string): string[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => (line === '' ? '' : `    ${escapeControls(line)}`));
  const marked = indented(reported).map((line) => (markLine.test(line) ? styles.red(line) : line));
  const withSettings = settings.length > 0 ? `, with ${settings.join(' and ')}` : '';
  return [
    '',
    styles.cyan(`Reported for ${dialect}${withSettings}:`),
    ...marked,
    ...(corrected === undefined ? [] : [styles.cyan('Not reported:'), ...indented(corrected)]),
    ...others.flatMap(({ name, text, isBeside }) => [
      styles.cyan(`${isBeside ? 'On the same machine' : 'Included'}, ${name}:`),
      ...indented(text),
    ]),
  ];
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
