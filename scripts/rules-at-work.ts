/** Which rules have something to do in common configs. */
import { readFileSync } from 'node:fs';
import { Contents } from '../src/lint/contents.ts';
import { rules } from '../src/rules/index.gen.ts';
import { dialects, type Dialect } from '../src/syntax/tree.ts';
import { configOf } from '../src/testing/lint.ts';
import { needsOf } from './heard-keys.ts';
import type { RuleGroups } from './lazy-rules.ts';

export function sampleOf(dialect: Dialect): string {
  return `scripts/samples/${dialect}.conf`;
}

/** The recommended rules that run on the samples, by the samples that they run on. */
export async function rulesAtWork(): Promise<RuleGroups> {
  const groups = new Map<string, string>();
  for (const dialect of dialects) {
    const path = sampleOf(dialect);
    const contents = new Contents(await configOf({ path, dialect, text: readFileSync(path, 'utf8') }));
    for (const rule of rules) {
      const { id, meta } = rule;
      if (meta.set !== 'recommended' || !meta.dialects.includes(dialect)) continue;
      const needs = needsOf(rule, dialect);
      const isAtWork = !needs || contents.meet(needs);
      if (isAtWork) groups.set(id, groups.has(id) ? `${groups.get(id)}+${dialect}` : dialect);
    }
  }
  return groups;
}
