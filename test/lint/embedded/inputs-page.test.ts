import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { locate } from '../../../src/formatters/report.ts';
import { lintText } from '../../../src/lint/text.ts';

const page = readFileSync('docs/inputs.md', 'utf8');
const section = page.slice(page.indexOf('## Configs inside other files'), page.indexOf('## What is read'));
const names: Readonly<Record<string, string>> = {
  yaml: 'a.yaml',
  sh: 'a.sh',
  dockerfile: 'Dockerfile',
  nix: 'a.nix',
  hcl: 'a.tf',
  puppet: 'a.pp',
};
const examples = Array.from(
  section.matchAll(/```(\w+)\n([^]*?)```/g),
  ([, language, text]) => [language!, text!] as const,
);

test('there is an example of each language', () => {
  expect(new Set(examples.map(([language]) => language))).toEqual(new Set(Object.keys(names)));
});

test.each(examples)('%s: %s', async (language, text) => {
  const { findings } = await lintText(text, { path: names[language]! });
  const [mistake, ...others] = findings.filter(({ severity }) => severity === 'error');
  expect(others).toEqual([]);
  expect(mistake).toMatchObject({ rule: 'unknown-directive' });
  const { start } = locate(mistake!.place);
  const line = text.split('\n')[start.line - 1]!;
  expect(line.slice(start.column - 1)).toMatch(/^(?:server_nam|proxy_set_headr|retrun) /);
});
