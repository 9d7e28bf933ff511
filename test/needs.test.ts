/**
 * What a rule needs is said beside its check, not read from it. So each config is linted twice here, with the rules that it has something for
 * and with all: both must find the same. The configs are the fixtures, and what is left of them without some of their directives.
 */
import { describe, expect, test } from 'vitest';
import { Contents } from '../src/lint/contents.ts';
import { lintConfig } from '../src/lint/run.ts';
import type { Rule } from '../src/rules/define-rule.ts';
import { rules } from '../src/rules/index.gen.ts';
import { isNeeded, listsOf, type Need } from '../src/rules/needs.ts';
import type { Config } from '../src/syntax/config.ts';
import type { Directive } from '../src/syntax/tree.ts';
import { walk } from '../src/syntax/walk.ts';
import { fixturesIn, type RuleFixture } from '../src/testing/fixtures.ts';
import { configOf } from '../src/testing/lint.ts';
import { fixturesRoot } from './helpers/fixtures.ts';
import { ungated } from './helpers/ungated.ts';

/** All but the one whose library takes its time; its hooks are for named directives, and their keys all that it needs. */
const compared = rules.filter(({ id }) => id !== 'regex-redos');
const always = new Map(compared.map((rule) => [rule, ungated(rule)]));

async function foundIn(config: Config, fixture: RuleFixture, tried: readonly Rule[]): Promise<string[]> {
  const active = tried.map((rule) => ({
    rule,
    options: rule.id === fixture.path.split('/').at(-2) ? fixture.settings.options : (rule.meta.pedanticOptions ?? {}),
  }));
  const { findings, suppressed, failures } = await lintConfig(config, {
    rules: active,
    targets: fixture.settings.targets,
    knownRules: new Set(rules.map(({ id }) => id)),
  });
  expect(failures).toEqual([]);
  return [...findings, ...suppressed].map(
    ({ rule, messageId, place, message, severity, confidence, related }) =>
      `${rule} ${messageId} ${place.start}-${place.end} ${severity} ${confidence} ${message} ${related.map((each) => each.place.start).join()}`,
  );
}

function parsed(fixture: RuleFixture, text: string): Promise<Config> {
  const { path, dialect, settings } = fixture;
  return configOf({ path, dialect, text, ...settings, withIncludes: true });
}

async function compare(fixture: RuleFixture, text: string): Promise<void> {
  // What is kept of a config would hide from the second run what the first one looked at.
  const all = await foundIn(await parsed(fixture, text), fixture, [...always.values()]);
  expect(await foundIn(await parsed(fixture, text), fixture, compared), text).toEqual(all);
}

/** The text without some of its directives, lines kept. */
function without(config: Config, text: string, isGone: (directive: Directive) => boolean): string {
  let rest = text;
  walk(config.file.root, (directive) => {
    if (directive.parent.file !== config.file.source || !isGone(directive)) return;
    const { start, end } = directive;
    rest = rest.slice(0, start) + rest.slice(start, end).replaceAll(/[^\n]/g, ' ') + rest.slice(end);
  });
  return rest;
}

/** Numbers that are the same in each run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed >>> 0 || 1; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function isOf(need: Need, directive: Directive): boolean {
  return need instanceof RegExp ? directive.args.some(({ raw }) => need.test(raw)) : isNeeded(need, directive);
}

/** By list, which rules may share: what was enough for a finding without the other alternatives. */
const sufficient = new Map<readonly Need[], Set<Need>>();

const broken = 1;

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  const fixtures = fixturesIn(`${fixturesRoot}/${id}`);

  test('its fixtures, whole and without some of their directives', async () => {
    for (const [index, fixture] of fixtures.entries()) {
      await compare(fixture, fixture.text);
      const config = await parsed(fixture, fixture.text);
      const first = await foundIn(config, fixture, compared);
      expect(await foundIn(config, fixture, compared), 'the same config once more').toEqual(first);
      const random = numbers(index + id.length * 1000);
      for (let time = 0; time < broken; time++)
        await compare(
          fixture,
          without(config, fixture.text, () => random.next().value! < 0.2),
        );
    }
  });

  test('finds what it finds with one alternative of what it needs', async () => {
    for (const fixture of fixtures) {
      const needs = rule.meta.needs?.[fixture.dialect];
      if (fixture.kind !== 'bad' || !needs) continue;
      const config = await parsed(fixture, fixture.text);
      for (const list of listsOf(needs)) {
        for (const need of list) {
          const others = list.filter((other) => other !== need);
          const rest = without(
            config,
            fixture.text,
            (directive) => others.some((other) => isOf(other, directive)) && !isOf(need, directive),
          );
          const left = await parsed(fixture, rest);
          if (!new Contents(left).meet([need])) continue;
          const all = await foundIn(left, fixture, [ungated(rule)]);
          expect(await foundIn(await parsed(fixture, rest), fixture, [rule]), rest).toEqual(all);
          if (all.some((found) => found.startsWith(`${id} `)))
            sufficient.set(list, (sufficient.get(list) ?? new Set()).add(need));
        }
      }
    }
  });

  if (id === 'regex-redos') return;
  test('is silent without what it needs', async () => {
    for (const fixture of fixtures) {
      const needs = rule.meta.needs?.[fixture.dialect];
      if (!needs) continue;
      const config = await parsed(fixture, fixture.text);
      for (const list of listsOf(needs)) {
        const rest = without(config, fixture.text, (directive) => list.some((need) => isOf(need, directive)));
        const left = await parsed(fixture, rest);
        if (new Contents(left).meet(needs)) continue;
        expect(await foundIn(left, fixture, [ungated(rule)]), rest).toEqual([]);
      }
    }
  });
});

test('each alternative has a fixture in which it is enough', () => {
  const missing = compared.flatMap(({ id, meta }) =>
    Object.values(meta.needs ?? {}).flatMap((needs) =>
      listsOf(needs).flatMap((list) =>
        list
          .filter((need) => !sufficient.get(list)?.has(need))
          .map(
            (need) => `${id}: ${typeof need === 'string' || need instanceof RegExp ? need : Object.keys(need).join()}`,
          ),
      ),
    ),
  );
  expect(missing).toEqual([]);
});
