/** The built program takes what Chevrotain's analysis of the grammars finds from a file. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decisionFiles } from '../../scripts/gen/decisions.ts';

test.each(decisionFiles())('%s is what Chevrotain finds', (path, text) => {
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
  const rows = Object.values(JSON.parse(text) as Record<string, string>);
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows) expect(new Set(row).size, 'a choice decides something').toBeGreaterThan(1);
});
