/** How much is printed, and how much is borne. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wrap } from '../../src/formatters/text-width.ts';
import { folder, runCli } from '../helpers/run-cli.ts';

const config = 'events {}\nhttp {\n  server {\n    listen 80;\n    ssl_protocols TLSv1;\n  }\n}\n';
const files = { 'a/nginx.conf': config, 'b/nginx.conf': config };
const weak = ['--only', 'weak-tls-protocol'];

test('--max-warnings bears so many warnings, and errors never', () => {
  const cwd = folder(files);
  const statusOf = (...options: readonly string[]): number | null => runCli([...weak, ...options, '.'], { cwd }).status;
  expect(statusOf()).toBe(1);
  expect(statusOf('--max-warnings', '2')).toBe(0);
  expect(statusOf('--max-warnings', '1')).toBe(1);
  expect(statusOf('--max-warnings', '1', '--fail-on', 'never')).toBe(1);
  expect(statusOf('--max-warnings', '9', '--rule', 'weak-tls-protocol=error')).toBe(1);
  expect(statusOf('--max-warnings', '9', '--rule', 'weak-tls-protocol=info', '--fail-on', 'info')).toBe(1);
});

test.each(['-1', '1.5', 'x', ''])('--max-warnings %j is refused', (value) => {
  const { status, stderr } = runCli([`--max-warnings=${value}`, '.'], { cwd: folder(files) });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^proxylint: --max-warnings [^\n]*expected a whole number, as in 10\n$/);
});

test('--statistics counts by rule, and keeps to the formats it has', () => {
  const cwd = folder(files);
  const text = runCli([...weak, '--statistics', '.'], { cwd });
  expect(text).toMatchObject({ status: 1 });
  expect(text.stdout).toBe('2  warning  weak-tls-protocol  (2 files, 2 fixable)\n2 findings in 2 files.\n');
  const json = runCli([...weak, '--statistics', '--format', 'json', '.'], { cwd });
  expect(JSON.parse(json.stdout)).toEqual([
    { rule: 'weak-tls-protocol', severity: 'warning', count: 2, files: 2, fixable: 2 },
  ]);
  const other = runCli(['--statistics', '--format', 'sarif', '.'], { cwd });
  expect(other).toMatchObject({ status: 2 });
  expect(other.stderr).toBe('proxylint: --statistics: not in the format sarif; use --format pretty or json\n');
});

test('a reason is told once a run; --compact tells none', () => {
  const cwd = folder(files);
  const full = runCli([...weak, '.'], { cwd }).stdout;
  expect(full.match(/why:/g)).toHaveLength(1);
  expect(full.match(/weak-tls-protocol/g)).toHaveLength(2);
  const compact = runCli([...weak, '--compact', '.'], { cwd }).stdout.split('\n');
  expect(
    compact.filter((line) => /^ {2}5:19 {2}warning {2}.* {2}weak-tls-protocol \(medium confidence\)$/.test(line)),
  ).toHaveLength(2);
  expect(compact).toHaveLength(8);
});

test('the summary says what could be fixed', () => {
  const cwd = folder({ 'a.conf': 'server {\n    listen 80\n    server_name a;\n    ssl_protocols TLSv1;\n}\n' });
  expect(runCli(['a.conf'], { cwd }).stdout).toMatch(
    /\d errors?.* in 1 file\. 1 fixable with --fix, 1 more with --fix-unsafe\.\n$/,
  );
});

test('--report writes further formats beside what is printed', () => {
  const cwd = folder(files);
  const reports = ['--report', 'sarif=x.sarif', '--report', 'oneline=a=b.txt'];
  const { status, stdout } = runCli([...weak, ...reports, '.'], { cwd });
  expect(status).toBe(1);
  expect(stdout).toBe(runCli([...weak, '.'], { cwd }).stdout);
  expect(readFileSync(join(cwd, 'x.sarif'), 'utf8')).toBe(runCli([...weak, '--format', 'sarif', '.'], { cwd }).stdout);
  expect(readFileSync(join(cwd, 'a=b.txt'), 'utf8')).toContain('a/nginx.conf:5:19: warning:');
  for (const [value, message] of [
    ['sarf=x', 'did you mean "sarif"?'],
    ['sarif', 'expected FORMAT=FILE, as in sarif=findings.sarif'],
    ['json=no/such/x', 'no such file or directory'],
  ] as const) {
    const refused = runCli([...weak, '--report', value, '.'], { cwd });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain(message);
  }
});

test('text is broken between words, by the room that it takes', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('one two three four', 7, 4)).toEqual(['one two', 'three', 'four']);
  expect(wrap('日本 日本', 6)).toEqual(['日本', '日本']);
  expect(wrap('a-very-long-word b', 4)).toEqual(['a-very-long-word', 'b']);
  expect(wrap('fits', 4)).toEqual(['fits']);
});
