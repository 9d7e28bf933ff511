/** What `--fix` writes, and what it leaves alone. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { replaceFile, whyNotReplaced } from '../../src/cli/files/replace-file.ts';
import { folder, runCli } from '../helpers/run-cli.ts';

const broken = 'server {\n    listen 80\n    server_name example.com;\n    root /srv/www;\n}\n';
const mended = broken.replace('80', '80;');
const only = ['--only', 'missing-semicolon'];
const fix = ['--fix', ...only];

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const isRoot = process.geteuid?.() === 0;

test('a file without write permission stays, is named once, and the others are fixed', () => {
  const cwd = folder({ 'a.conf': broken, 'b.conf': broken });
  chmodSync(join(cwd, 'a.conf'), 0o444);
  const { status, stdout, stderr } = runCli([...fix, 'a.conf', 'b.conf'], { cwd });
  expect(stderr).toBe('proxylint: a.conf: not fixed: no permission to write\n');
  expect(status).toBe(2);
  expect(stdout).toContain('a.conf');
  expect([read(cwd, 'a.conf'), read(cwd, 'b.conf')]).toEqual([broken, mended]);
  expect(statSync(join(cwd, 'a.conf')).mode & 0o777).toBe(0o444);
  expect(readdirSync(cwd)).toEqual(['a.conf', 'b.conf']);
});

test('the same is said, and counts, in a dry run and in JSON', () => {
  const cwd = folder({ 'a.conf': broken });
  chmodSync(join(cwd, 'a.conf'), 0o444);
  expect(runCli(['--fix-dry-run', ...only, 'a.conf'], { cwd })).toMatchObject({ status: 2, stdout: '' });
  const run = runCli([...fix, '--format', 'json', 'a.conf'], { cwd });
  expect(run.status).toBe(2);
  expect(JSON.parse(run.stdout)).toMatchObject({ summary: { fixed: 0 }, findings: [{ rule: 'missing-semicolon' }] });
});

test('an included file that is not named stays, and that is said', () => {
  const cwd = folder({ 'nginx.conf': 'events {}\nhttp { include sites/*.conf; }\n', 'sites/a.conf': broken });
  const alone = runCli([...fix, 'nginx.conf'], { cwd });
  expect(alone.status).toBe(1);
  expect(alone.stderr).toBe('proxylint: sites/a.conf: not fixed: it is included, but not named; name it, too\n');
  expect(read(cwd, 'sites/a.conf')).toBe(broken);
  expect(runCli([...fix, 'nginx.conf', 'sites'], { cwd })).toMatchObject({ status: 0, stderr: '' });
  expect(read(cwd, 'sites/a.conf')).toBe(mended);
});

test('a link in a named directory is not followed out of it', () => {
  const cwd = folder({ 'enabled/x.conf': mended, 'available/a.conf': broken });
  symlinkSync('../available/a.conf', join(cwd, 'enabled/a.conf'));
  const target = realpathSync(join(cwd, 'available/a.conf'));
  const run = runCli([...fix, 'enabled'], { cwd });
  expect(run.stderr).toBe(
    `proxylint: enabled/a.conf: not fixed: it is a symbolic link to ${target}, which is not named; name that file\n`,
  );
  expect(run.status).toBe(1);
  expect(read(cwd, 'available/a.conf')).toBe(broken);
  expect(runCli([...fix, 'enabled', 'available'], { cwd })).toMatchObject({ status: 0, stderr: '' });
  expect(read(cwd, 'available/a.conf')).toBe(mended);
  expect(lstatSync(join(cwd, 'enabled/a.conf')).isSymbolicLink()).toBe(true);
});

test('a named link is not followed out of the working directory', () => {
  const outside = mkdtempSync(join(tmpdir(), 'proxylint-'));
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  writeFileSync(join(outside, 'a.conf'), broken);
  const cwd = folder({});
  symlinkSync(join(outside, 'a.conf'), join(cwd, 'a.conf'));
  for (const path of ['a.conf', '.', '*.conf']) {
    const run = runCli([...fix, path], { cwd });
    expect(run.stdout + run.stderr).toMatch(/leads to \S+, outside of .*; to lint it, name that file itself/);
    expect(read(outside, 'a.conf')).toBe(broken);
  }
  expect(runCli([...fix, 'a.conf', outside], { cwd })).toMatchObject({ status: 0, stderr: '' });
  expect(read(outside, 'a.conf')).toBe(mended);
});

test('a file with hard links stays', () => {
  const cwd = folder({ 'a.conf': broken });
  linkSync(join(cwd, 'a.conf'), join(cwd, 'b.bak'));
  expect(runCli([...fix, 'a.conf'], { cwd })).toMatchObject({
    status: 2,
    stderr: 'proxylint: a.conf: not fixed: it has 2 hard links, of which one would get the new text\n',
  });
  expect([read(cwd, 'a.conf'), read(cwd, 'b.bak')]).toEqual([broken, broken]);
});

test('what a killed run left behind is no input', () => {
  const cwd = folder({ 'a.conf': mended, '.proxylint-new-1-x': broken });
  expect(runCli([...only, '.'], { cwd })).toMatchObject({ status: 0, stdout: 'No findings in 1 file.\n' });
});

test('a file that changed since it was read stays, and nothing else is left', () => {
  const cwd = folder({ 'a.conf': mended });
  const path = join(cwd, 'a.conf');
  expect(() => replaceFile({ path, before: broken, text: 'x' })).toThrow(/has changed meanwhile/);
  expect(whyNotReplaced(path, broken)).toContain('has changed meanwhile');
  expect(whyNotReplaced(path, mended)).toBeUndefined();
  expect([read(path), readdirSync(cwd)]).toEqual([mended, ['a.conf']]);
});

test.runIf(isRoot)('owner, group and mode stay', () => {
  const cwd = folder({ 'a.conf': broken });
  const path = join(cwd, 'a.conf');
  chownSync(path, 12_345, 54_321);
  chmodSync(path, 0o2640);
  expect(runCli([...fix, 'a.conf'], { cwd }).status).toBe(0);
  expect(read(path)).toBe(mended);
  const { uid, gid, mode } = statSync(path);
  expect({ uid, gid, mode: mode & 0o7777 }).toEqual({ uid: 12_345, gid: 54_321, mode: 0o2640 });
});

test.runIf(isRoot && !spawnSync('setpriv', ['--version']).error)('a file of somebody else stays', () => {
  const cwd = folder({ 'a.conf': broken });
  const path = join(cwd, 'a.conf');
  chmodSync(cwd, 0o777);
  chmodSync(path, 0o666);
  const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
  const { status, stderr } = spawnSync(
    'setpriv',
    [...asNobody, process.execPath, resolve('dist/cli.cjs'), ...fix, 'a.conf'],
    { cwd, encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'proxylint: a.conf: not fixed: it belongs to somebody else, and would belong to you\n',
  });
  expect(read(path)).toBe(broken);
});

test('line ends, byte order mark, tabs and the end of the file stay', () => {
  const cases: Readonly<Record<string, [string, string]>> = {
    crlf: [broken.replaceAll('\n', '\r\n'), mended.replaceAll('\n', '\r\n')],
    tabs: [broken.replaceAll('    ', '\t'), mended.replaceAll('    ', '\t')],
    cut: [broken.trimEnd(), mended.trimEnd()],
  };
  const cwd = folder(Object.fromEntries(Object.entries(cases).map(([name, [text]]) => [`${name}.conf`, text])));
  runCli([...fix, '.'], { cwd });
  for (const [name, [, text]] of Object.entries(cases)) expect(read(cwd, `${name}.conf`)).toBe(text);
});

test('lines that are put in end as those around them', () => {
  const page =
    '<VirtualHost *:80>\r\n\tServerName a.example\r\n\tProxyPass / http://127.0.0.1:8080/\r\n</VirtualHost>\r\n';
  const rules = ['--only', 'missing-proxy-pass-reverse', '--fix-unsafe'];
  const cwd = folder({ 'a.conf': page });
  runCli([...rules, '--type', 'apache', 'a.conf'], { cwd });
  const text = read(cwd, 'a.conf');
  expect(text).toContain('\r\n\tProxyPassReverse / http://127.0.0.1:8080/\r\n');
  expect(text).not.toMatch(/(?<!\r)\n/);
});
