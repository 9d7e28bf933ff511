import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { formats, loadFormatter } from '../../src/formatters/index.ts';
import { awkwardReport } from '../helpers/awkward.ts';

const print = async (format: (typeof formats)[number], color = false): Promise<string> =>
  (await loadFormatter(format))(awkwardReport, { color });

test.each(formats)('%s prints the awkward findings as before', async (format) => {
  await expect(await print(format)).toMatchFileSnapshot(`../../fixtures/formatters/awkward.${format}.txt`);
});

test.each(formats)('%s lets no control character through', async (format) => {
  expect((await print(format)).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

/** As the runner of GitHub reads a line, whose commands begin with `::` or hold `##[`; Azure Pipelines and TeamCity have names there. */
const isCommand = (line: string): boolean => /^\s*::.*::/.test(line) || /##\w*\[/.test(line);

test.each(formats)('%s holds no command to a runner of workflows but its own', async (format) => {
  const own = /^::(?:error|warning|notice) file=[^:,]*(?:,|::)/;
  const lines = (await print(format)).split('\n').filter((line) => !(format === 'github' && own.test(line)));
  expect(lines.filter(isCommand)).toEqual([]);
  expect((await print(format)).match(/##\w*\[/)).toBeNull();
});

test('every format tells failures, with the stack only if asked for, and what the config takes away', async () => {
  for (const format of formats) {
    const text = await print(format);
    expect(text).toContain(`${format === 'json' || format === 'sarif' ? 'a/x' : 'a/x, b/y, c, d, e and 2 more'}`);
    expect(text).toContain('at x');
    expect(text).toMatch(/proxylint\.json/);
    const quiet = await (await loadFormatter(format))({ ...awkwardReport, debug: false }, { color: false });
    expect(quiet).not.toContain('at x');
  }
});

test('every format tells what was not read, and what is not printed', async () => {
  for (const format of formats) {
    const text = await print(format);
    expect(text).toContain('was not read');
    expect(text).toContain(format === 'json' ? '"count": 1234' : '1,234 more findings of unclosed-block');
  }
});

test('sarif says that the run failed, and which rules did', async () => {
  type Notification = {
    level: string;
    associatedRule?: { id: string; index?: number };
    exception?: { message: string };
  };
  const [run] = (
    JSON.parse(await print('sarif')) as {
      runs: {
        invocations: [{ executionSuccessful: boolean; toolExecutionNotifications: Notification[] }];
        tool: { driver: { rules: { id: string; properties: { tags: string[] } }[] } };
        properties: object;
      }[];
    }
  ).runs;
  const [{ executionSuccessful, toolExecutionNotifications: told }] = run!.invocations;
  expect(executionSuccessful).toBe(false);
  expect(told.filter(({ level }) => level === 'error').map(({ associatedRule }) => associatedRule?.id)).toEqual([
    'unclosed-block',
    'a/x',
    'b/y',
    'c',
    'd',
    'e',
    'f',
    'g',
    undefined,
  ]);
  expect(run!.tool.driver.rules[told[0]!.associatedRule!.index!]!.id).toBe('unclosed-block');
  expect(run!.properties).toMatchObject({ suppressed: 2, hidden: 3, configs: [{ off: ['a', 'b'], ignored: 1 }] });
});

test('pretty colors with its own escapes only', async () => {
  // oxlint-disable-next-line no-control-regex -- what chalk writes
  const plain = (await print('pretty', true)).replace(/\u001B\[\d+m/g, '');
  expect(plain).toBe(await print('pretty'));
});

test('pretty puts the caret under the marked text', async () => {
  const lines = (await print('pretty')).split('\n');
  const frames = lines.flatMap((line, index) => (/^\s+\|\s+\^/.test(line) ? [[lines[index - 1]!, line]] : []));
  expect(frames).toHaveLength(awkwardReport.findings.length);
  for (const [code, caret] of frames) expect(caret!.indexOf('|')).toBe(code!.indexOf('|'));
});

test('github writes one command a finding, and no config text can begin one', async () => {
  const { failures, notices, omitted } = awkwardReport;
  const also = failures!.length + notices!.length + omitted!.length;
  const commands = (await print('github')).split('\n').filter((line) => line.startsWith('::'));
  expect(commands).toHaveLength(awkwardReport.findings.length + 1 + also);
  for (const command of commands) {
    expect(command).toMatch(
      /^::(?:error|warning|notice) (?:(?:file|line|endLine|col|endColumn|title)=[^:,]*,?)+::[^\n]*$/,
    );
  }
});

test('json has the shape of version 1', async () => {
  const document = JSON.parse(await print('json')) as {
    summary: object;
    findings: { file: string; line: number; column: number; outer?: object; fix?: { edits: { start: number }[] } }[];
  };
  expect(document).toMatchObject({ schemaVersion: 1, tool: { name: 'proxylint', version: '1.2.3' } });
  expect(document.summary).toEqual({
    files: 4,
    errors: 1244,
    warnings: 1,
    infos: 1,
    suppressed: 2,
    partial: 1,
    failures: 3,
    notLinted: 1,
    omitted: 1234,
    hidden: 3,
  });
  const inDocument = document.findings.find((finding) => finding.file === 'docs/guide.md')!;
  expect(inDocument).toMatchObject({ line: 4, column: 1, endLine: 4, endColumn: 7 });
  expect(inDocument.fix!.edits.map((edit) => edit.start)).toEqual([24, 18]);
  const inDump = document.findings.find((finding) => finding.file === '/etc/nginx/nginx.conf')!;
  expect(inDump).toMatchObject({ line: 3, column: 1, outer: { file: 'dump.txt', line: 4, column: 1 } });
});

test('sarif is valid by the schema of OASIS', async () => {
  // The schema is of draft 4 by its name; it uses nothing that draft 7 reads otherwise.
  const {
    $schema: _,
    id: __,
    ...schema
  } = JSON.parse(readFileSync('fixtures/formatters/sarif-schema-2.1.0.json', 'utf8')) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  validate(JSON.parse(await print('sarif')));
  expect(validate.errors).toBeNull();
});

test('sarif tells equal findings apart and keeps the fingerprint when lines move', async () => {
  type Log = { runs: { results: { partialFingerprints: Record<string, string> }[] }[] };
  const prints = (text: string): string[] =>
    (JSON.parse(text) as Log).runs[0]!.results.map((result) => result.partialFingerprints['proxylint/v1']!);
  const found = prints(await print('sarif'));
  expect(new Set(found).size).toBe(found.length);
  expect(prints(await print('sarif'))).toEqual(found);
});
