/**
 * The only test of the rules: everything it checks comes from the paths in `fixtures/rules` and the markers in the files.
 * See `src/testing/fixtures.ts` for their form.
 */
import { describe, expect, test } from 'vitest';

import { rules } from '../src/rules/index.gen.ts';
import { checksOf } from '../src/testing/check.ts';
import { fixtureFolders, fixturesRoot } from './helpers/fixtures.ts';

test('each folder of fixtures belongs to a rule', () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(fixtureFolders().filter((name) => !ids.has(name))).toEqual([]);
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  const compareFixed = (text: string, path: string): Promise<void> => expect(text).toMatchFileSnapshot(`../${path}`);
  for (const { name, run } of checksOf(rule, `${fixturesRoot}/${id}`, compareFixed)) test(name, run);
});
