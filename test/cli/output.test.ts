/** What goes out, where to, and what the exit status says when it does not get there. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { formats } from '../../src/formatters/index.ts';
import { folder, runCli } from '../helpers/run-cli.ts';

const bad = 'server {\n    listen 80;\n';
const good = 'server {\n    listen 80;\n    server_name example.com;\n    root /srv/www;\n}\n';
const raw = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;
const commands = /^\s*::.*::|##\w*\[/m;
/** A name with all that must not reach a terminal or a runner of workflows. */
const wicked = '::error::\u001B]0;x\u0007\u009B31m\u202E##[error]x\n::warning::y';

function shell(script: string, cwd: string): { status: number | null; stdout: string; stderr: string } {
  const program = `'${process.execPath}' '${resolve('dist/cli.cjs')}'`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script.replaceAll('proxylint', program)], {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

const hasFull = existsSync('/dev/full');

test.skipIf(!hasFull).each(formats)('a full disk behind standard output is named: %s', (format) => {
  const cwd = folder({ 'a.conf': bad });
  expect(shell(`proxylint --format ${format} a.conf >/dev/full`, cwd)).toMatchObject({
    status: 2,
    stderr: 'proxylint: cannot write to standard output: no space left on the device\n',
  });
});

test
  .skipIf(!hasFull)
  .each([
    'rules',
    'explain unclosed-block',
    'routes b.conf',
    'trace http://example.com/ b.conf',
    '--fix-dry-run c.conf',
  ])('every command names lost output: %s', (command) => {
  const cwd = folder({ 'b.conf': good, 'c.conf': good.replace('80;', '80') });
  const run = shell(`proxylint ${command} >/dev/full`, cwd);
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('proxylint: cannot write to standard output: no space left on the device\n');
});

test.each([
  ['--output-file none/out.txt a.conf', 'no such file or directory'],
  ['--output-file here a.conf', 'is a directory'],
  ['routes --output-file none/out.txt b.conf', 'no such file or directory'],
  ...(hasFull
    ? [
        ['--output-file /dev/full a.conf', 'no space left on the device'],
        ['routes --output-file /dev/full b.conf', 'no space left on the device'],
      ]
    : []),
])('an output file that cannot be written: %s', (args, reason) => {
  const cwd = folder({ 'a.conf': bad, 'b.conf': good, 'here/x': '' });
  const run = runCli(args!.split(' '), { cwd });
  const file = /--output-file (\S+)/.exec(args!)![1];
  expect(run).toMatchObject({ status: 2, stdout: '', stderr: `proxylint: --output-file ${file}: ${reason}\n` });
});

test('a reader that leaves early is quiet, and the status is that of the findings', () => {
  const many = `events {}\nhttp {\n${'    server { listen 80; nonsense on; }\n'.repeat(3000)}}\n`;
  const cwd = folder({ 'nginx.conf': many, 'good.conf': good });
  const early = 'set -o pipefail; proxylint --format json nginx.conf | head -1';
  expect(shell(early, cwd)).toMatchObject({ status: 1, stdout: '{\n', stderr: '' });
  expect(shell('proxylint good.conf | true; echo "${PIPESTATUS[0]}"', cwd)).toMatchObject({
    stdout: '0\n',
    stderr: '',
  });
});

test('--quiet counts what it prints, and says how much it leaves out', () => {
  const cwd = folder({ 'a.conf': bad });
  const asWarning = ['--only', 'unclosed-block', '--rule', 'unclosed-block=warning', 'a.conf'];
  expect(runCli(asWarning, { cwd }).status).toBe(1);
  expect(runCli(['--quiet', ...asWarning], { cwd })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('No findings in 1 file, 1 not shown.\n'),
  });
  expect(runCli(['--quiet', '--only', 'unclosed-block', 'a.conf'], { cwd }).status).toBe(1);
});

/** Ways in which text of others gets into messages. */
const messages: readonly [string, (cwd: string) => readonly string[]][] = [
  ['a path', () => [wicked]],
  ['an option', () => [`--${wicked}`]],
  ['a value', () => ['--format', wicked]],
  ['a file that is no config', (cwd) => (writeFileSync(join(cwd, wicked.replaceAll('/', '')), 'Milk.\n'), ['.'])],
  ['a rule', () => ['--skip', wicked, 'a.conf']],
  ['a key of the config file', (cwd) => configured(cwd, { [wicked]: 1 })],
  ['a rule of the config file', (cwd) => configured(cwd, { rules: { [wicked]: 'off' } })],
  ['a value of the config file', (cwd) => configured(cwd, { rules: { 'unclosed-block': wicked } })],
  ['what the config file extends', (cwd) => configured(cwd, { extends: wicked })],
  ['a plugin', (cwd) => configured(cwd, { plugins: [wicked] })],
  ['the message of a plugin', (cwd) => throwing(cwd)],
  ['the folder of the config file', (cwd) => inFolder(cwd)],
];

function configured(cwd: string, config: object): string[] {
  writeFileSync(join(cwd, 'proxylint.json'), JSON.stringify(config));
  return ['a.conf'];
}

function throwing(cwd: string): string[] {
  writeFileSync(join(cwd, 'p.cjs'), `throw new Error(${JSON.stringify(wicked)});`);
  return configured(cwd, { plugins: ['./p.cjs'] });
}

function inFolder(cwd: string): string[] {
  const name = wicked.replaceAll('/', '');
  mkdirSync(join(cwd, name));
  writeFileSync(join(cwd, name, 'proxylint.json'), '{"x":1,"y":2}');
  writeFileSync(join(cwd, name, 'a.conf'), good);
  return [name];
}

test.each(messages)('nothing raw on standard error: %s', (_, prepare) => {
  const cwd = folder({ 'a.conf': good });
  const run = runCli(prepare(cwd), { cwd });
  expect(run.stderr).toContain('\\u{202e}');
  expect(run.stderr).not.toMatch(raw);
  expect(run.stderr).not.toMatch(commands);
  for (const line of run.stderr.trimEnd().split('\n')) expect(line).toMatch(/^proxylint: /);
});

test.each([
  ['routes'],
  ['routes', '--format', 'json'],
  ['trace', 'http://a/x'],
  ['trace', 'http://a/x', '--format', 'json'],
])('nothing raw from %j', (...args) => {
  const conf = `server {\n listen 80;\n server_name a;\n location "/\u001B[31m\u009B\u202E##[error]x" { return 200; }\n location "::error::x" { return 200 "##[error]\u202E"; }\n}\n`;
  const cwd = folder({ 'a.conf': conf });
  const { status, stdout } = runCli([...args, 'a.conf'], { cwd });
  expect(status).toBe(0);
  expect(stdout).not.toMatch(raw);
  expect(stdout).not.toMatch(commands);
});

test('a fix that was found to break the config is offered by no format', () => {
  const cwd = folder({
    'proxylint.json': '{"plugins":["./p.cjs"]}',
    'p.cjs': `const meta = { summary: 's', why: 'w', how: 'h', severity: 'warning', confidence: 'high', dialects: ['nginx'],
      since: '1.0.0', set: 'recommended', references: ['https://example.com/'], fixable: 'safe' };
    module.exports = { name: 'p', rules: { breaks: { meta, messages: { found: 'Found.' }, check: ({ report }) => ({ directives: {
      listen: (at) => report({ message: 'found', at, fix: { title: 'break it', edits: [
        { place: { file: at.parent.file, start: at.start, end: at.start }, text: '}' }] } }) } }) } } };`,
    'a.conf': good,
  });
  for (const format of formats) {
    const run = runCli(['--fix', '--format', format, 'a.conf'], { cwd });
    expect(run.stderr).toContain('the fix of p/breaks is left out');
    expect(run.stdout).toContain('p/breaks');
    expect(run.stdout).not.toContain('break it');
  }
  expect(readFileSync(join(cwd, 'a.conf'), 'utf8')).toBe(good);
});
