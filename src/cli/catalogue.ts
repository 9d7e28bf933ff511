/** `proxylint rules` and `proxylint explain RULE`. */
import type { RuleMeta } from '../rules/define-rule.ts';
import { rules } from '../rules/index.gen.ts';
import { findRule } from './find-rule.ts';

export function printRules(): void {
  const width = Math.max(...rules.map((rule) => rule.id.length));
  for (const { id, meta } of rules) {
    const set = meta.set === 'recommended' ? '' : ` (${meta.set})`;
    process.stdout.write(
      `${id.padEnd(width)}  ${meta.severity.padEnd(7)}  ${meta.dialects.join(', ')}: ${meta.summary}${set}\n`,
    );
  }
}

export function explainRule(id: string): void {
  const { meta, category } = findRule(id, rules);
  const lines = [
    `${id}: ${meta.summary}`,
    '',
    `Severity ${meta.severity}, confidence ${meta.confidence}, category ${category}, set ${meta.set}, since ${meta.since}`,
    `For ${meta.dialects.join(', ')}`,
    '',
    `Why: ${meta.why}`,
    `How: ${meta.how}`,
    ...(meta.fixable ? [`Fix: ${meta.fixable}`] : []),
    ...optionLines(meta),
    '',
    ...meta.references,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function optionLines({ options = {}, pedanticOptions = {} }: RuleMeta): string[] {
  const entries = Object.entries(options) as [string, { default?: unknown; description?: string }][];
  return entries.map(([name, { default: value, description }]) => {
    const stricter = name in pedanticOptions ? `, pedantic: ${JSON.stringify(pedanticOptions[name])}` : '';
    return `Option ${name} (default ${JSON.stringify(value)}${stricter}): ${description ?? ''}`;
  });
}
