import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { rules } from '../src/rules/index.gen.ts';

const text = readFileSync('docs/comparison.md', 'utf8');
const rows = text.split('\n').filter((line) => /^\| (?!Rule|Mistake|---)/.test(line));

test('each rule of the comparison is one of ours, or there is a reason', () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(rows.length).toBeGreaterThan(80);
  for (const row of rows) {
    const [, theirs, ours, remarks] = row.split('|').map((cell) => cell.trim());
    const named = [...ours!.matchAll(/`([^`]+)`/g)].map(([, id]) => id!);
    if (ours === '-') expect(remarks, theirs).not.toBe('');
    else
      expect(
        named.filter((id) => !ids.has(id)),
        theirs,
      ).toEqual([]);
    expect(named.length > 0 || ours === '-', row).toBe(true);
  }
});

test('each id in the remarks is one of ours', () => {
  const ids = new Set(rules.map(({ id }) => id));
  const named = rows.flatMap((row) =>
    [
      ...row
        .split('|')
        .at(-2)!
        .matchAll(/`([a-z]+(?:-[a-z0-9]+)+)`/g),
    ].map(([, id]) => id!),
  );
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
});
