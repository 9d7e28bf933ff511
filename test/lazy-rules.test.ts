/** The registry of the built program says of each rule what the rule says of itself. */
import { expect, test } from 'vitest';
import { heardKeys, needsOf } from '../scripts/heard-keys.ts';
import { registryOf } from '../scripts/lazy-rules.ts';
import { lintConfig } from '../src/lint/run.ts';
import { checksFor } from '../src/rules/checks.ts';
import type { Rule, RuleContext } from '../src/rules/define-rule.ts';
import { rules } from '../src/rules/index.gen.ts';
import { LazyRule } from '../src/rules/lazy-rule.ts';
import type { Needs } from '../src/rules/needs.ts';
import type { Directive } from '../src/syntax/tree.ts';
import { fixturesIn } from '../src/testing/fixtures.ts';
import { configOf } from '../src/testing/lint.ts';
import { fixturesRoot } from './helpers/fixtures.ts';

const loaded: string[] = [];

/** Runs the text of the registry; each module that it loads gives the rule of that name. */
function evaluate(text: string): readonly Rule[] {
  const code = text
    .replace(/^import .*$/m, '')
    .replaceAll('import(', 'moduleOf(')
    .replace('export const rules =', 'return');
  const moduleOf = (path: string): { readonly default: Rule } => {
    loaded.push(path);
    return { default: rules.find(({ id }) => path.endsWith(`/${id}.ts`))! };
  };
  // oxlint-disable-next-line no-new-func -- the text is that of the built program
  const run = new Function('LazyRule', 'moduleOf', 'loadNow', code) as (...args: unknown[]) => readonly Rule[];
  return run(LazyRule, moduleOf, (module: unknown) => module);
}

const lazy = evaluate(registryOf(rules, new Map()));

test('what is asked of every rule loads none', () => {
  expect(lazy.map(({ id, category, meta: { set, dialects } }) => ({ id, category, set, dialects }))).toEqual(
    rules.map(({ id, category, meta: { set, dialects } }) => ({ id, category, set, dialects })),
  );
  expect(lazy.map(({ meta }) => shape(meta.needs))).toEqual(
    rules.map((rule) => {
      const known = rule.meta.dialects.flatMap((dialect) => {
        const needs = needsOf(rule, dialect);
        return needs ? [[dialect, needs]] : [];
      });
      return shape(known.length > 0 ? Object.fromEntries(known) : undefined);
    }),
  );
  expect(loaded).toEqual([]);
});

test.each(rules.map((rule, index) => ({ id: rule.id, rule, other: lazy[index]! })))('$id', ({ rule, other }) => {
  expect(other.messages).toBe(rule.messages);
  expect(other.check).toBe(rule.check);
  for (const key of ['summary', 'why', 'how', 'severity', 'confidence', 'since', 'references'] as const)
    expect(other.meta[key]).toBe(rule.meta[key]);
  for (const key of ['whenOff', 'fixable', 'options', 'pedanticOptions'] as const)
    expect(other.meta[key]).toBe(rule.meta[key]);
});

test('what rules share is one object', () => {
  const objects = (all: readonly Rule[]): unknown[] =>
    all.flatMap(({ meta }) => Object.values(meta.needs ?? {}).flat(2)).filter((need) => typeof need === 'object');
  expect(new Set(objects(lazy)).size).toBe(new Set(objects(rules)).size);
});

test('a function that tells what is needed is that of the rule', () => {
  const isNeeded = (all: readonly Rule[], word: string): unknown[] =>
    all.flatMap(({ meta }) =>
      Object.values(meta.needs ?? {})
        .flatMap((needs: Needs) => needs.flat())
        .flatMap((need) => (typeof need === 'string' || need instanceof RegExp ? [] : Object.values(need)))
        .map(
          (each) =>
            typeof each === 'function' && each({ key: 'root', args: [{ value: word }] } as unknown as Directive),
        ),
    );
  for (const word of ['/', '/srv', 'off']) expect(isNeeded(lazy, word)).toEqual(isNeeded(rules, word));
});

/** Functions and expressions by their texts. */
function shape(needs: unknown): unknown {
  return JSON.parse(
    JSON.stringify(needs ?? null, (_, value: unknown) =>
      typeof value === 'function' ? 'function' : value instanceof RegExp ? String(value) : value,
    ),
  );
}

test.each(rules.map((rule) => ({ id: rule.id, rule })))(
  '$id has no hooks but those that it is known to have',
  async ({ id, rule }) => {
    for (const fixture of fixturesIn(`${fixturesRoot}/${id}`)) {
      const { dialect, path, text, settings } = fixture;
      const keys = heardKeys(rule, dialect);
      if (!keys) continue;
      const heard: string[] = [];
      const watched: Rule = {
        ...rule,
        check: (context: RuleContext<Rule['messages']>) => {
          const visitors = checksFor(rule.check, dialect).map((check) => check(context));
          for (const { directives = {}, ...others } of visitors)
            heard.push(...Object.keys(directives), ...Object.keys(others));
          return {};
        },
      };
      const config = await configOf({ path, dialect, text, ...settings, withIncludes: true });
      await lintConfig(config, { rules: [{ rule: watched, options: settings.options }], targets: settings.targets });
      expect(keys).toEqual(expect.arrayContaining(heard));
    }
  },
);
