/**
 * What all rules, those of the stricter sets too, find in the fixtures of each rule: a change shows wherever it changes something, not only
 * in the fixtures of the rule that was changed. `npm run test:update` writes the lists.
 */
import { expect, test } from 'vitest';

import { rules } from '../src/rules/index.gen.ts';
import type { Finding } from '../src/rules/finding.ts';
import { fixtureFolders, fixturesOf, type RuleFixture } from './helpers/fixtures.ts';
import { lint } from './helpers/lint.ts';

const active = rules.map((rule) => ({ rule }));

function placeOf({ place }: Pick<Finding, 'place'>): string {
  const start = place.file.positionAt(place.start);
  const end = place.file.positionAt(place.end);
  const to = end.line === start.line ? `${end.column}` : `${end.line}:${end.column}`;
  return `${start.line}:${start.column}-${to}`;
}

function describe(finding: Finding): string {
  const { rule, messageId, severity, confidence, related, fix } = finding;
  const others = related.map((each) => ` see ${placeOf(each)}`).join('');
  return `  ${placeOf(finding)} ${rule}/${messageId} ${severity} ${confidence}${others}${fix ? ` fix ${fix.safety}` : ''}`;
}

async function findingsIn(fixture: RuleFixture): Promise<string> {
  const { findings } = await lint({ ...fixture, ...fixture.settings, withIncludes: true }, active);
  return [fixture.name, ...findings.map(describe)].join('\n');
}

test.each(fixtureFolders())('%s', async (folder) => {
  const lists: string[] = [];
  for (const fixture of fixturesOf(folder)) lists.push(await findingsIn(fixture));
  await expect(`${lists.join('\n')}\n`).toMatchFileSnapshot(`../fixtures/all-rules/${folder}.txt`);
});
