/** The fixtures of the project's own rules. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { fixturesIn, type RuleFixture } from '../../src/testing/fixtures.ts';

export { expectationsOf, type RuleFixture } from '../../src/testing/fixtures.ts';

export const fixturesRoot = 'fixtures/rules';

/** Folders of `fixtures/rules`: one a rule. */
export function fixtureFolders(): string[] {
  return existsSync(fixturesRoot) ? readdirSync(fixturesRoot).sort() : [];
}

export function fixturesOf(rule: string): RuleFixture[] {
  return fixturesIn(join(fixturesRoot, rule));
}
