/** The examples of docs/api.md print what they say they print, in the built package. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const page = readFileSync('docs/api.md', 'utf8');
const examples = [...page.matchAll(/^## (.*)\n(?:(?!^## )[^])*?```js\n([^]*?)```\n\n```text\n([^]*?)```/gm)];

test('every example has an output', () => {
  expect(examples).toHaveLength(page.match(/^```js$/gm)!.length);
  expect(examples.length).toBeGreaterThan(3);
});

test.each(examples.map(([, heading, code, output]) => ({ heading, code: code!, output })))(
  '$heading',
  async ({ code, output }) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
    expect(stdout).toBe(output);
  },
);
