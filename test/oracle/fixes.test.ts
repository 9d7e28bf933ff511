/** What a real server accepted before a fix, it accepts after it: each fix of each rule by itself, on every fixture and sample. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { applyFixes } from '../../src/fix/apply.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { configPaths, fixtureFolders, fixturesOf } from '../helpers/fixtures.ts';
import { lint } from '../helpers/lint.ts';
import { installedVersion, missingTools, serversRequired, type Server } from './lib/install.ts';
import { Oracle } from './lib/oracle.ts';

const everyRule = rules.map((rule) => ({ rule }));

describe.each<Server>(['nginx', 'apache'])('%s', (server) => {
  const missing = missingTools(server);
  if (missing !== undefined && !serversRequired) {
    test.skip(`needs the real server: ${missing}`, () => {});
    return;
  }
  const targets = { [server]: installedVersion(server)! };
  const oracle = new Oracle(server);
  afterAll(() => oracle.close());

  const fixtures = fixtureFolders()
    .flatMap(fixturesOf)
    .filter(({ dialect }) => dialect === server)
    .map(({ path, text, settings }) => ({ path, text, level: settings.level }));
  const samples = configPaths(server).map((path) => ({ path, text: readFileSync(path, 'utf8'), level: undefined }));
  let judged = 0;

  test.each([...fixtures, ...samples])('$path', async ({ path, text, level }) => {
    const { config, findings } = await lint(
      { path, text, dialect: server, targets, level, withIncludes: true },
      everyRule,
    );
    const fixable = findings.filter(({ fix }) => fix?.edits.every(({ place }) => place.file === config.file.source));
    const ask = (candidate: string): ReturnType<Oracle['ask']> =>
      oracle.ask({ text: candidate, level: config.level, folder: resolve(dirname(path)) });
    if (fixable.length === 0 || !(await ask(text))?.accepted) return;
    for (const finding of fixable) {
      const [file] = applyFixes([finding]).files;
      const said = `${finding.rule}: ${finding.fix!.title}`;
      expect(await ask(file!.text), said).toMatchObject({ accepted: true });
      judged++;
    }
  });

  test('some fixes were judged', () => expect(judged).toBeGreaterThan(30));
});
