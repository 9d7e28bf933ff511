import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folder, runCli } from '../helpers/run-cli.ts';

const bad = 'server {\n    listen 80;\n';

/** Severities of the findings of `unclosed-block` by file. */
function lint(files: Readonly<Record<string, string>>, ...args: string[]): Record<string, string> {
  const run = runCli(['--format', 'json', '--only', 'unclosed-block', ...args], { cwd: folder(files) });
  expect(run.stderr).toBe('');
  const { findings } = JSON.parse(run.stdout) as { findings: { file: string; severity: string }[] };
  return Object.fromEntries(findings.map(({ file, severity }) => [file, severity]));
}

const info = JSON.stringify({ rules: { 'unclosed-block': 'info' } });

test.each([
  ['proxylint.json', info],
  ['.proxylintrc.json', info],
  ['package.json', `{"name":"x","proxylint":${info}}`],
])('%s is found upward from the linted file', (name, text) => {
  expect(lint({ [name]: text, 'a/b/x.conf': bad }, 'a/b/x.conf')).toEqual({ 'a/b/x.conf': 'info' });
});

test('--config replaces the search; the command line wins over it', () => {
  const files = { 'proxylint.json': '{', 'other.json': info, 'x.conf': bad };
  expect(lint(files, '--config', 'other.json', 'x.conf')).toEqual({ 'x.conf': 'info' });
  const args = ['--config', 'other.json', '--rule', 'unclosed-block=warning', 'x.conf'];
  expect(lint(files, ...args)).toEqual({ 'x.conf': 'warning' });
});

test('extends: the file that extends wins', () => {
  const files = {
    'base/base.json': JSON.stringify({ rules: { 'unclosed-block': { severity: 'info' } }, ignore: ['skipped.conf'] }),
    'base/skipped.conf': bad,
    'x.conf': bad,
    'proxylint.json': JSON.stringify({
      extends: ['./base/base.json'],
      overrides: [{ files: 'x.*', rules: { 'unclosed-block': 'warning' } }],
    }),
    'y.conf': bad,
  };
  expect(lint(files, 'x.conf', 'y.conf', 'base/skipped.conf')).toEqual({ 'x.conf': 'warning', 'y.conf': 'info' });
});

test('an override and ignore reach included files', () => {
  const files = {
    'nginx.conf': 'events {}\nhttp {\n    include a.inc;\n    include b.inc;\n}\n',
    'a.inc': bad,
    'b.inc': bad,
    'proxylint.json': JSON.stringify({
      ignore: ['b.inc'],
      overrides: [{ files: ['a.*'], rules: { 'unclosed-block': 'info' } }],
    }),
  };
  expect(lint(files, 'nginx.conf')).toEqual({ 'a.inc': 'info' });
});

test('a copy of rules.json changes nothing', () => {
  const all = (files: Readonly<Record<string, string>>): string =>
    runCli(['--format', 'json', 'x.conf'], { cwd: folder({ ...files, 'x.conf': bad }) }).stdout;
  expect(all({ 'proxylint.json': readFileSync('rules.json', 'utf8') })).toBe(all({}));
});

test.each([
  ['{"rules":{"unclosed-blok":"error"}}', 'rules: unknown rule "unclosed-blok"; did you mean "unclosed-block"?'],
  [
    '{"rules":{"unclosed-block":"eror"}}',
    'rules.unclosed-block: "eror" is not one of off, info, warning, error; did you mean "error"?',
  ],
  ['{"rules":{"unclosed-block":{"optons":{}}}}', 'rules.unclosed-block: unknown key "optons"; did you mean "options"?'],
  ['{"overrides":[{"files":"x"}]}', 'overrides[0]: "rules" is missing'],
  ['{"target":{"nginx":"new"}}', 'target.nginx: "new" is not a version such as "1.22.1"'],
  ['{"ignor":[]}', 'unknown key "ignor"; did you mean "ignore"?'],
  ['{"extends":"none.json"}', 'proxylint.json: extends '],
  ['{"extends":"proxylint.json"}', 'which is a circle'],
  ['{\n  "rules": {,}\n}', 'proxylint.json:2:13: not valid JSON: a value is expected'],
  [
    '{"rules":{"unclosed-block":"off","unclosed-block":"error"}}',
    ':1:34: not valid JSON: the key "unclosed-block" is there twice',
  ],
  ['{"rules":{"unclosed-block":\'off\'}}', 'unexpected word; texts stand in double quotes'],
  ['{"__proto__":{}}', 'unknown key "__proto__"'],
  ['', 'proxylint.json:1:1: not valid JSON'],
  ['/* no end', 'a comment does not end'],
  ['[]', 'proxylint.json: [] is not of type object'],
])('%s is reported with its place', (text, message) => {
  const run = runCli(['x.conf'], { cwd: folder({ 'proxylint.json': text, 'x.conf': bad }) });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain(message);
  expect(run.stderr).not.toMatch(/^\s+at /m);
});
