/** The syntax rules stay bounded on texts made to cost much. */
import { expect, test } from 'vitest';

import { rules } from '../src/rules/index.gen.ts';
import { lint } from './helpers/lint.ts';

const active = rules.filter(({ category }) => category === 'syntax').map((rule) => ({ rule }));

async function countOf(text: string, rule: string): Promise<number> {
  const { findings } = await lint({ path: 'nginx.conf', text, dialect: 'nginx' }, active);
  return findings.filter((finding) => finding.rule === rule).length;
}

test('10,000 misspelled names are all reported, within seconds', { timeout: 20_000 }, async () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `    prxy_pas${index} a;\n`);
  expect(await countOf(`events {}\nhttp {\n${names.join('')}}\n`, 'unknown-directive')).toBe(10_000);
});

test('50,000 directives without a semicolon neither overflow nor stall', { timeout: 20_000 }, async () => {
  const text = `server {\n    server_name a\n${'    root listen\n'.repeat(50_000)};}\n`;
  expect(await countOf(text, 'missing-semicolon')).toBeGreaterThan(0);
});
