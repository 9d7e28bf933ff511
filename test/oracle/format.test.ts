/** The real servers read the same from a config before and after it is laid out. More: `npm run oracle:format`. */
import { describe, expect, test } from 'vitest';

import { baseSubjects, mutated, writtenOtherwise, type FixSubject } from './lib/fix-subjects.ts';
import { playSslh } from './lib/format-sslh.ts';
import { FormatProof, formatVariants } from './lib/format-proof.ts';
import { missingTools, serversRequired, type Server } from './lib/install.ts';
import { installedSslh } from './lib/sslh.ts';

const mutants = 40;
/** Of how many configs one is played. */
const step = 7;

describe.each<Server>(['nginx', 'apache'])('%s', (server) => {
  const missing = missingTools(server);
  if (missing !== undefined && !serversRequired) {
    test.skip(`needs the real server: ${missing}`, () => {});
    return;
  }

  test('says and reads the same', { timeout: 300_000 }, async () => {
    const proof = new FormatProof(server);
    const bases = await baseSubjects(server);
    const subjects: FixSubject[] = bases.filter((_, index) => index % step === 0);
    for (const base of bases.filter((_, index) => index % (step * 5) === 1)) subjects.push(...writtenOtherwise(base));
    let count = 0;
    for await (const mutant of mutated(server, bases, 20_261)) {
      if (count++ === mutants) break;
      subjects.push(mutant);
    }
    for (const [index, subject] of subjects.entries())
      await proof.play(subject, formatVariants[index % formatVariants.length]!);
    proof.close();
    expect(proof.faults.map(({ kind, subject, detail }) => [kind, subject.name, detail])).toEqual([]);
    expect(proof.figures.changed).toBeGreaterThan(60);
    expect(proof.figures.accepted).toBeGreaterThan(35);
  });

  test('what is read otherwise is found', { timeout: 60_000 }, async () => {
    const proof = new FormatProof(server, (_, text) => Promise.resolve(text.replace('/one', '/two')));
    const text = server === 'nginx' ? 'events {}\npid /one;\n' : 'Listen 80\nServerName /one\n';
    await proof.play({ name: 'a', path: '/made-up/a.conf', text, level: undefined, folder: '/made-up' }, {});
    proof.close();
    expect(proof.faults.map(({ kind }) => kind)).toEqual(['words', 'config']);
  });
});

test.skipIf(!installedSslh() && !serversRequired)('sslh says and reads the same', { timeout: 120_000 }, async () => {
  const { changed, faults } = await playSslh({ step: 6, mutants: 60, seed: 1 });
  expect(faults).toEqual([]);
  expect(changed).toBeGreaterThan(20);
});
