/** The fixtures of the project's own rules. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { profileNames } from '../../src/config/sets.ts';
import type { Dialect } from '../../src/syntax/tree.ts';
import { fixturesIn, type RuleFixture } from '../../src/testing/fixtures.ts';

export { expectationsOf, type RuleFixture } from '../../src/testing/fixtures.ts';

const samplesFolders = ['fixtures/samples', ...profileNames.map((name) => `fixtures/profiles/${name}`)];

/** The configs of a dialect that show more than one rule: the samples, and what the profiles are tested with. */
export function configPaths(dialect: Dialect): string[] {
  return samplesFolders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(`.${dialect}.conf`))
      .map((name) => join(folder, name)),
  );
}

export const fixturesRoot = 'fixtures/rules';

/** Folders of `fixtures/rules`: one a rule. */
export function fixtureFolders(): string[] {
  return existsSync(fixturesRoot) ? readdirSync(fixturesRoot).sort() : [];
}

export function fixturesOf(rule: string): RuleFixture[] {
  return fixturesIn(join(fixturesRoot, rule));
}
