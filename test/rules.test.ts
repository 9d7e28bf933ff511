/**
 * The only test of the rules: everything it checks comes from the paths in `fixtures/rules` and the markers in the files.
 * See `src/testing/fixtures.ts` for their form.
 */
import { describe, expect, test } from 'vitest';

import { rules } from '../src/rules/index.gen.ts';
import { checksOf, renderBadFixtures } from '../src/testing/check.ts';
import { meaningName, renderedName } from '../src/testing/fixtures.ts';
import { fixtureFolders, fixturesRoot } from './helpers/fixtures.ts';
import { renderMeaning } from './helpers/meaning.ts';

test('each folder of fixtures belongs to a rule', () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(fixtureFolders().filter((name) => !ids.has(name))).toEqual([]);
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  const folder = `${fixturesRoot}/${id}`;
  const compare = (text: string, path: string): Promise<void> => expect(text).toMatchFileSnapshot(`../${path}`);
  for (const { name, run } of checksOf(rule, folder, compare)) test(name, run);
  test('its findings look as they did', async () => {
    await compare(await renderBadFixtures(rule, folder), `${folder}/${renderedName}`);
  });
  test('its fixtures mean what they did', async () => {
    const meaning = await renderMeaning(folder);
    if (meaning !== undefined) await compare(meaning, `${folder}/${meaningName}`);
  });
});
