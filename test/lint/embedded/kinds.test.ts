import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { locate } from '../../../src/formatters/report.ts';
import { createSession } from '../../../src/lint/session.ts';
import { lintText } from '../../../src/lint/text.ts';
import type { Finding } from '../../../src/rules/finding.ts';

const folder = 'fixtures/embedded';
const names = readdirSync(folder).filter((name) => /^(?:bad|good)-/.test(name) && !name.includes('.fixed'));
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** `12:3-9 error unknown-directive: ...`, and the text that is marked. */
function shown(outer: string, finding: Finding): string {
  const { start, end } = locate(finding.place);
  const lines = outer.split('\n');
  const [first, last] = [lines[start.line - 1]!, lines[end.line - 1]!];
  const marked =
    start.line === end.line ? first.slice(start.column - 1, end.column - 1) : first.slice(start.column - 1);
  const to = start.line === end.line ? end.column : `${end.line}:${end.column}`;
  expect(end.column).toBeLessThanOrEqual(last.length + 1);
  return `${start.line}:${start.column}-${to} ${finding.severity} ${finding.rule}: ${finding.message} [${marked}]`;
}

async function findingsIn(name: string, text: string): Promise<readonly Finding[]> {
  const { findings, failures, files } = await lintText(text, { path: name });
  expect(failures).toEqual([]);
  expect(files.length).toBeGreaterThan(0);
  return findings;
}

test.each(names.filter((name) => name.startsWith('bad')))('%s: findings in place', async (name) => {
  const text = textOf(name);
  const findings = await findingsIn(name, text);
  expect(findings.length).toBeGreaterThan(0);
  await expect(`${findings.map((finding) => shown(text, finding)).join('\n')}\n`).toMatchFileSnapshot(
    join(process.cwd(), folder, 'findings', `${name}.txt`),
  );
});

test.each(names.filter((name) => name.startsWith('good')))('%s: nothing found', async (name) => {
  const text = textOf(name);
  expect((await findingsIn(name, text)).map((finding) => shown(text, finding))).toEqual([]);
});

/** The same places, whatever a file begins with and how its lines end. */
test.each(names.filter((name) => name.startsWith('bad')))('%s with CRLF and BOM', async (name) => {
  const text = textOf(name);
  const placesIn = async (written: string) =>
    (await findingsIn(name, written)).map(({ rule, place }) => ({ rule, start: locate(place).start }));
  expect(await placesIn(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(await placesIn(text));
});

test.each(names.filter((name) => name.startsWith('bad')))('%s: fixes', async (name) => {
  const text = textOf(name);
  const session = await createSession();
  const fixed = (await session.fix(name, { text, unsafe: true }))!;
  const after = fixed.files[0]?.text ?? text;
  await expect(after).toMatchFileSnapshot(join(process.cwd(), folder, 'fixed', name));
  // Nothing but the configs has changed: as many lines are kept as there are outside of them.
  if (/\.ya?ml$/.test(name)) {
    const errorsOf = (yaml: string): number => parseAllDocuments(yaml).flatMap(({ errors }) => errors).length;
    expect(errorsOf(after)).toBe(errorsOf(text));
  }
  const again = (await session.fix(name, { text: after, unsafe: true }))!;
  expect(again.files).toEqual([]);
});
