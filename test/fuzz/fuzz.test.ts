import { expect, test } from 'vitest';
import type { FuzzCase } from './case.ts';
import { checkCase } from './checks.ts';
import { readCorpus } from './corpus.ts';
import { FuzzFailure, signatureOf } from './failure.ts';
import { generate } from './generate.ts';
import { kindNames } from './kinds/index.ts';
import { isKnownError } from './known.ts';
import { allowance } from './measure.ts';
import { shrink } from './shrink.ts';

const corpus = readCorpus([]);

test('an input is the same for the same seed and number', () => {
  for (const kind of kindNames) {
    const first = generate(7, 3, corpus, kind);
    expect(generate(7, 3, corpus, kind)).toEqual(first);
    expect(first.input.text.length).toBeLessThan(100_000);
  }
  expect(generate(7, 3, corpus, 'soup')).not.toEqual(generate(8, 3, corpus, 'soup'));
});

test.each(kindNames)('inputs of the kind %s do no harm', async (kind) => {
  for (let index = 0; index < 10; index++) {
    await checkCase(generate(1, index, corpus, kind).input).catch((error: unknown) => {
      if (!isKnownError(error)) throw error;
    });
  }
});

test('a failing input is made small', async () => {
  const text = Array.from({ length: 50 }, (_, index) => `line ${index};\n`).join('');
  const input: FuzzCase = { path: 'nginx.conf', text, files: { '/a': 'b' }, fix: true };
  const small = await shrink(input, async (smaller) => smaller.text.includes('7') && smaller.text.includes('23'));
  expect(small).toEqual({ path: 'nginx.conf', text: expect.stringMatching(/^(?:7.*23|23.*7)$/s) });
  expect(small.text.length).toBeLessThan(10);
});

test('failures are told apart by where they come from', () => {
  expect(signatureOf(new FuzzFailure('place', 'from 3 to 9'))).toBe(
    signatureOf(new FuzzFailure('place', 'from 1 to 22')),
  );
  expect(signatureOf(new TypeError('a'))).not.toBe(signatureOf(new RangeError('a')));
});

test('the time that is allowed grows with the size and with what is done', () => {
  const input: FuzzCase = { path: 'a.conf', text: 'a' };
  expect(allowance(input)).toBe(4_000);
  expect(allowance({ ...input, text: 'a'.repeat(300_000) })).toBe(12_000);
  expect(allowance({ ...input, fix: true })).toBeGreaterThan(1000);
});
