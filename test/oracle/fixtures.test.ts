/** The real servers agree with the findings of category `syntax` on every fixture of the rules and profiles and every sample. */
import { existsSync, readFileSync } from 'node:fs';

import { afterAll, describe, expect, test } from 'vitest';

import { readTemplate } from '../../src/text/template/mask.ts';
import { compareVersions, type Targets } from '../../src/model/versions.ts';
import { configPaths, fixtureFolders, fixturesOf, type RuleFixture } from '../helpers/fixtures.ts';
import { exceptions } from './exceptions.ts';
import { compare, describeComparison, type Comparison, type Subject } from './lib/compare.ts';
import { installedVersion, missingTools, serversRequired, type Server } from './lib/install.ts';
import { Oracle } from './lib/oracle.ts';

describe.each<Server>(['nginx', 'apache'])('%s', (server) => {
  const missing = missingTools(server);
  if (missing !== undefined && !serversRequired) {
    console.warn(`The oracle tests of ${server} are skipped: ${missing}.`);
    test.skip(`needs the real server: ${missing}`, () => {});
    return;
  }

  test('the server is installed', () => expect(missing).toBeUndefined());
  if (missing !== undefined) return;

  const version = installedVersion(server)!;
  const targets: Targets = { [server]: version };
  const oracle = new Oracle(server);
  afterAll(() => oracle.close());

  const isForInstalled = (fixture: RuleFixture): boolean => {
    const target = fixture.settings.targets[server];
    return target === undefined || compareVersions(target, version) === 0;
  };
  const fixtures = fixtureFolders()
    .flatMap(fixturesOf)
    .filter((fixture) => fixture.dialect === server && isForInstalled(fixture))
    // No server reads a template before it is rendered.
    .filter(({ text, path }) => !readTemplate(text, path, false));

  test.each(fixtures.map((fixture) => [fixture.path, fixture] as const))('%s', async (path, fixture) => {
    const subject = { text: fixture.text, targets, level: fixture.settings.level, path };
    const before = await expectAgreement(path, subject);
    if (!existsSync(fixture.fixedPath)) return;
    const after = await expectAgreement(fixture.fixedPath, {
      ...subject,
      text: readFileSync(fixture.fixedPath, 'utf8'),
    });
    if (before.real?.accepted) expect(after.real, 'what was accepted before the fix').toMatchObject({ accepted: true });
  });

  test.each(configPaths(server))('%s', async (path) => {
    await expectAgreement(path, { text: readFileSync(path, 'utf8'), targets, path });
  });

  async function expectAgreement(path: string, subject: Subject): Promise<Comparison> {
    const comparison = await compare(server, oracle, subject);
    const disagrees = comparison.outcome === 'missed' || comparison.outcome === 'false-refusal';
    if (path in exceptions) expect(disagrees, `${path} is listed in exceptions.ts, but agrees`).toBe(true);
    else expect(disagrees, `${path}: ${describeComparison(comparison)}`).toBe(false);
    return comparison;
  }
});
