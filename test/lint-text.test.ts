import { expect, test } from 'vitest';
import { lintText, loadFormatter, rules } from '../src/index.ts';

const bad = 'server {\n    include a.inc;\n';

test('lints a text, and follows includes through the given file access', async () => {
  const alone = await lintText(bad, { path: 'x.conf' });
  expect(alone.findings.map((finding) => finding.rule)).toEqual(['unclosed-block']);
  const files = {
    read: (path: string) =>
      path === 'a.inc' ? ({ ok: true, text: 'location / {' } as const) : ({ ok: false, reason: 'not-found' } as const),
    glob: () => [],
    canonical: (path: string) => path,
  };
  const { findings, files: read } = await lintText(bad, {
    path: 'x.conf',
    files,
    rules: { 'unclosed-block': { severity: 'info' } },
  });
  expect(read.map((file) => file.path)).toEqual(['x.conf', 'a.inc']);
  expect(findings.map(({ severity, place }) => [severity, place.file.path])).toEqual([
    ['info', 'a.inc'],
    ['info', 'x.conf'],
  ]);
});

test('a text that is no config has no files', async () => {
  expect(await lintText('Hello.')).toEqual({
    findings: [],
    files: [],
    partial: [],
    problems: [],
    refusals: [],
    suppressed: 0,
    failures: [],
    notices: [],
    linted: true,
  });
});

test('a result can be formatted', async () => {
  const { findings, files, partial, suppressed } = await lintText(bad);
  const format = await loadFormatter('pretty');
  expect(
    await format({ version: '0', findings, files: files.length, partial, suppressed, rules }, { color: false }),
  ).toContain('1 error in 1 file.');
});
