/**
 * What means the same to the server is found the same: each fixture is also linted in other spellings (see `helpers/equivalents.ts`).
 * A form that is another text to a rule is said in {@link differs}, with the reason.
 */
import { describe, expect, test } from 'vitest';
import { rules } from '../src/rules/index.gen.ts';
import { fixturesIn, type RuleFixture } from '../src/testing/fixtures.ts';
import { configOf, lint } from '../src/testing/lint.ts';
import type { Rule } from '../src/rules/define-rule.ts';
import { equivalentsOf, formNames } from './helpers/equivalents.ts';
import { fixturesRoot } from './helpers/fixtures.ts';

/** By reason: rules, or single fixtures of one, for which a form is no other spelling of the same. */
const differs: Readonly<Record<string, readonly string[]>> = {
  'words in quotes or in capitals are no directives whose semicolon before is missing': [
    'missing-semicolon: quoted words',
    'missing-semicolon: host names in upper case',
    'bad-run-on.nginx.conf: host names in upper case',
  ],
  'quotes end a pattern in front of the brace that was meant to belong to it': [
    'bad-unquoted-patterns.nginx.conf: quoted words',
  ],
};

const excused = new Set(Object.values(differs).flat());

async function foundIn(rule: Rule, fixture: RuleFixture, text: string): Promise<string[]> {
  const { path, dialect, settings } = fixture;
  const beside = rules.filter(({ id }) => settings.beside.includes(id)).map((each) => ({ rule: each }));
  const active = [{ rule, options: settings.options }, ...beside];
  const { findings } = await lint({ path, dialect, text, ...settings, withIncludes: true }, active);
  return findings
    .map(({ rule: id, messageId, severity, confidence }) => [id, messageId, severity, confidence].join(' '))
    .sort();
}

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  for (const fixture of fixturesIn(`${fixturesRoot}/${id}`)) {
    const { name, path, dialect, text } = fixture;
    test(name, async () => {
      const { file } = await configOf({ path, dialect, text });
      if (file.source.template) return;
      const found = await foundIn(rule, fixture, text);
      for (const [form, other] of equivalentsOf(file)) {
        if (excused.has(`${id}: ${form}`) || excused.has(`${name}: ${form}`)) continue;
        expect(await foundIn(rule, fixture, other), form).toEqual(found);
      }
    });
  }
});

test('each form has fixtures to be tried on', async () => {
  const tried = new Set<string>();
  for (const { id } of rules)
    for (const { path, dialect, text } of fixturesIn(`${fixturesRoot}/${id}`)) {
      const { file } = await configOf({ path, dialect, text });
      for (const form of equivalentsOf(file).keys()) tried.add(`${dialect}: ${form}`);
    }
  expect([...tried].sort()).toEqual(formNames().sort());
});
