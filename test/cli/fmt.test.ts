/** `proxylint fmt`. */
import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { folder, runCli } from '../helpers/run-cli.ts';

const untidy = 'server {\n  listen   80;\n      root /a;\n}\n';
const tidy = 'server {\n  listen 80;\n  root /a;\n}\n';
const broken = 'server {\n  listen   80;\n';
const read = (cwd: string, name: string): string => readFileSync(join(cwd, name), 'utf8');

test('files are written, with their mode', () => {
  const cwd = folder({ 'conf.d/a.conf': untidy, 'conf.d/b.conf': tidy, 'conf.d/notes.txt': 'just text\n' });
  chmodSync(join(cwd, 'conf.d/a.conf'), 0o640);
  const run = runCli(['fmt', 'conf.d'], { cwd });
  expect(run).toMatchObject({ status: 0, stdout: '' });
  expect(run.stderr).toContain('1 file of 2 formatted');
  expect(read(cwd, 'conf.d/a.conf')).toBe(tidy);
  expect(statSync(join(cwd, 'conf.d/a.conf')).mode & 0o777).toBe(0o640);
  expect(runCli(['fmt', 'conf.d/*.conf'], { cwd }).stderr).toContain('0 files of 2 formatted');
});

test('--check lists files and writes nothing', () => {
  const cwd = folder({ 'a.conf': untidy, 'b.conf': tidy });
  expect(runCli(['fmt', '--check', '.'], { cwd })).toMatchObject({ status: 1, stdout: 'a.conf\n' });
  expect(runCli(['fmt', '--check', 'b.conf'], { cwd })).toMatchObject({ status: 0, stdout: '' });
  expect(read(cwd, 'a.conf')).toBe(untidy);
});

test('--diff prints a patch, into a file too', () => {
  const cwd = folder({ 'a.conf': untidy });
  const { status, stdout } = runCli(['fmt', '--diff', 'a.conf'], { cwd });
  expect(status).toBe(1);
  expect(stdout).toContain('--- a/a.conf\n+++ b/a.conf\n');
  expect(stdout).toContain('-      root /a;\n+  listen 80;\n+  root /a;\n');
  expect(runCli(['fmt', '--diff', '--output-file', 'out', 'a.conf'], { cwd }).stdout).toBe('');
  expect(read(cwd, 'out')).toBe(stdout);
  expect(read(cwd, 'a.conf')).toBe(untidy);
});

test('standard input', () => {
  expect(runCli(['fmt', '-'], { input: untidy })).toEqual({ status: 0, stdout: tidy, stderr: '' });
  expect(runCli(['fmt', '-'], { input: tidy }).stdout).toBe(tidy);
  const named = runCli(['fmt', '--stdin-filename', 'x/sites-enabled/y', '--check', '-'], { input: untidy });
  expect(named).toMatchObject({ status: 1, stdout: 'x/sites-enabled/y\n' });
  const fault = runCli(['fmt', '-'], { input: broken });
  expect(fault).toMatchObject({ status: 2, stdout: '' });
  expect(fault.stderr).toBe('proxylint: <stdin>:1:1: left as it is: "server" is never closed.\n');
});

test('what cannot be read stays as it is, the other files are laid out', () => {
  const cwd = folder({ 'a.conf': broken, 'b.conf': untidy });
  const run = runCli(['fmt', '.'], { cwd });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('a.conf:1:1: left as it is: "server" is never closed.');
  expect(read(cwd, 'a.conf')).toBe(broken);
  expect(read(cwd, 'b.conf')).toBe(tidy);
});

test('bytes that are no UTF-8 are not lost', () => {
  const cwd = folder({});
  const bytes = Buffer.concat([Buffer.from('# caf'), Buffer.from([0xe9]), Buffer.from(`\n${untidy}`)]);
  writeFileSync(join(cwd, 'a.conf'), bytes);
  const run = runCli(['fmt', 'a.conf'], { cwd });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('no UTF-8');
  expect(readFileSync(join(cwd, 'a.conf')).equals(bytes)).toBe(true);
});

test('a link stays a link; one that leads elsewhere is not followed', () => {
  const cwd = folder({ 'real.conf': untidy, 'sub/x.conf': tidy });
  symlinkSync('real.conf', join(cwd, 'link.conf'));
  symlinkSync('../real.conf', join(cwd, 'sub/away.conf'));
  const inside = runCli(['fmt', 'sub'], { cwd });
  expect(inside.stderr).toContain('sub/away.conf');
  expect(read(cwd, 'real.conf')).toBe(untidy);
  expect(runCli(['fmt', 'link.conf'], { cwd }).status).toBe(0);
  expect(lstatSync(join(cwd, 'link.conf')).isSymbolicLink()).toBe(true);
  expect(read(cwd, 'real.conf')).toBe(tidy);
});

test('--range', () => {
  const cwd = folder({ 'a.conf': untidy });
  expect(runCli(['fmt', '--range', '3:3', 'a.conf'], { cwd }).status).toBe(0);
  expect(read(cwd, 'a.conf')).toBe(untidy.replace('      root', '  root'));
});

test('options of the config file, and ignored files', () => {
  const cwd = folder({
    'proxylint.json': '{ "format": { "indent": "tab", "alignment": "remove" }, "ignore": ["old/**"] }',
    'a.conf': untidy,
    'old/b.conf': untidy,
  });
  expect(runCli(['fmt', '.'], { cwd }).status).toBe(0);
  expect(read(cwd, 'a.conf')).toBe(tidy.replaceAll('  ', '\t'));
  expect(read(cwd, 'old/b.conf')).toBe(untidy);
  expect(runCli(['fmt', '--no-config', 'a.conf'], { cwd }).status).toBe(0);
});

test.each([
  [['fmt'], 'missing required argument'],
  [['fmt', '--range', '3', 'a.conf'], '--range 3: expected START:END'],
  [['fmt', '--range', '5:3', 'a.conf'], '--range 5:3: expected START:END'],
  [['fmt', '--range', '1:2', 'a.conf', 'b.conf'], '--range: it is meant for one file'],
  [['fmt', '--chekc', 'a.conf'], "unknown option '--chekc'"],
  [['fmt', '--type', 'caddy', 'a.conf'], 'caddy'],
  [['fmt', 'none.conf'], 'none.conf: no such file or directory'],
  [['fmt', 'notes.txt'], 'notes.txt: not an nginx, Apache or sslh config'],
])('%j is refused in one line', (args, message) => {
  const cwd = folder({ 'a.conf': tidy, 'b.conf': tidy, 'notes.txt': 'just text\n' });
  const { status, stdout, stderr } = runCli(args, { cwd });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('a wrong option of the config file', () => {
  const cwd = folder({ 'proxylint.json': '{ "format": { "indent": 9 } }', 'a.conf': untidy });
  const { status, stderr } = runCli(['fmt', 'a.conf'], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain('proxylint.json');
  expect(stderr).toContain('indent');
});
