/** Formats that other tools read: what each demands of a report. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { loadFormatter, type Format } from '../../src/formatters/index.ts';
import { SourceFile } from '../../src/text/source.ts';
import { awkward, awkwardReport, placeOf } from '../helpers/awkward.ts';

const print = async (format: Format, report = awkwardReport): Promise<string> =>
  (await loadFormatter(format))(report, { color: false });
const empty = { ...awkwardReport, findings: [], partial: [], failures: [], notices: [], omitted: [], configs: [] };
const remarks = 3 + 1 + 2 + 1 + 1;

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
if (!hasXmllint && process.env['PROXYLINT_REQUIRE_SERVERS'])
  throw new Error('xmllint (libxml2-utils) is not installed');

test.runIf(hasXmllint).each(['checkstyle', 'junit'] as const)('%s is well-formed XML', async (format) => {
  for (const report of [awkwardReport, empty]) {
    const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input: await print(format, report) });
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
  }
});

test('checkstyle names each file once, with each finding and remark', async () => {
  const text = await print('checkstyle');
  const files = text.match(/<file name="[^"]*"/g)!;
  expect(new Set(files).size).toBe(files.length);
  expect(text.match(/<error /g)).toHaveLength(awkward.length + remarks);
  expect(await print('checkstyle', empty)).toMatch(/^<\?xml [^>]*>\n<checkstyle version="4.3">\n<\/checkstyle>\n$/);
});

test('junit counts what it holds, and is never without a case', async () => {
  for (const report of [awkwardReport, empty]) {
    const text = await print('junit', report);
    const [, tests, failures, errors] = /<testsuites [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)"/.exec(text)!;
    expect(text.match(/<testcase /g)).toHaveLength(Number(tests));
    expect(text.match(/<failure /g) ?? []).toHaveLength(Number(failures));
    expect(text.match(/<error /g) ?? []).toHaveLength(Number(errors));
    expect(Number(tests)).toBe(report.findings.length + report.failures!.length + 1);
  }
});

test('gitlab has a fingerprint of its own for each issue, and paths from the root of the repository', async () => {
  type Issue = { fingerprint: string; severity: string; location: { path: string; lines: { begin: number } } };
  const file = new SourceFile('./conf/a.conf', 'ssl on;\n');
  const findings = [...awkward, { ...awkward[0]!, place: placeOf(file, 'ssl'), related: [] }];
  const issues = JSON.parse(await print('gitlab', { ...awkwardReport, findings })) as Issue[];
  expect(issues).toHaveLength(findings.length + remarks);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  expect(issues[awkward.length]!.location).toEqual({ path: 'conf/a.conf', lines: { begin: 1, end: 1 } });
  for (const { severity } of issues) expect(['info', 'minor', 'major', 'blocker']).toContain(severity);
});

test('rdjson counts columns in bytes, and suggests only what can be applied by itself', async () => {
  const text = 'set $a "é😀"; ssl on;\n';
  const file = new SourceFile('a.conf', text);
  const place = placeOf(file, 'ssl on;');
  const edit = { place, text: '' };
  const fix = { safety: 'safe', title: 'Remove it', edits: [edit] } as const;
  const finding = { ...awkward[2]!, place, fix };
  const both = { ...finding, fix: { ...fix, edits: [edit, { place: placeOf(file, 'set'), text: 'x' }] } };
  type Range = { start: { line: number; column: number }; end: { line: number; column: number } };
  type Diagnostic = { location: { path: string; range: Range }; suggestions?: { range: Range; text: string }[] };
  const { diagnostics } = JSON.parse(await print('rdjson', { ...empty, findings: [finding, both] })) as {
    diagnostics: Diagnostic[];
  };
  const start = Buffer.byteLength(text.slice(0, text.indexOf('ssl'))) + 1;
  const range = { start: { line: 1, column: start }, end: { line: 1, column: start + 7 } };
  expect(diagnostics[0]!.location).toEqual({ path: 'a.conf', range });
  expect(diagnostics.map(({ suggestions }) => suggestions)).toEqual([[{ range, text: '' }], []]);
});

test('markdown keeps a row on its line, and config text is no markup in it', async () => {
  const message = 'a | b <img src=x onerror=y> `c` @team #1 [x](javascript:y) **d**\n| e';
  const text = await print('markdown', { ...empty, findings: [{ ...awkward[2]!, message }] });
  const row = text.split('\n').find((line) => line.includes('onerror'));
  expect(row!.match(/\|/g)).toHaveLength(5);
  expect(row!).not.toMatch(/<img|`|@team|\[x\]|\*\*/);
});

test('oneline is read by the errorformat of editors', async () => {
  const lines = (await print('oneline')).trimEnd().split('\n');
  expect(lines).toHaveLength(awkward.length + remarks + 1);
  for (const line of lines.slice(0, awkward.length))
    expect(line).toMatch(/^.+:\d+:\d+: (?:error|warning|info): .+ \[[\w/-]+\]$/);
});
