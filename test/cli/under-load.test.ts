/** What is found must not depend on what else the computer does. */
import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';

const args = ['dist/cli.cjs', '--format', 'json', '--profile', 'pedantic', '--all-findings'];
/** Samples, and the rules with the dearest questions: about expressions, and what requests meet. */
const corpus = [
  'fixtures/samples',
  ...['regex-redos', 'origin-check-bypass', 'rewrite-loop'].map((rule) => `fixtures/rules/${rule}`),
];

function lint(): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, ...corpus], { maxBuffer: 2 ** 28 }, (_, stdout) => resolve(stdout));
  });
}

test('four runs at once find the same, byte by byte', { timeout: 240_000 }, async () => {
  const alone = await lint();
  const { findings } = JSON.parse(alone) as { readonly findings: readonly { readonly rule: string }[] };
  expect(new Set(findings.map(({ rule }) => rule))).toContain('regex-redos');
  const together = await Promise.all(Array.from({ length: 4 }, lint));
  expect(new Set(together)).toEqual(new Set([alone]));
});
