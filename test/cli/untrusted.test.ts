/** What the config file of a linted tree can bring about, and how it is kept out. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, runCli } from '../helpers/run-cli.ts';

const bad = 'server {\n    listen 80;\n    server_tokens on;\n';

interface Json {
  readonly summary: { readonly errors: number; readonly suppressed: number };
  readonly configs: readonly object[];
}

function json(args: readonly string[], cwd: string): Json {
  const run = runCli(['--format', 'json', ...args], { cwd });
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout) as Json;
}

const softened = JSON.stringify({
  extends: ['./team.json', 'cis-nginx'],
  rules: { 'unclosed-block': 'off' },
  overrides: [{ files: 'sites/**', rules: { 'unclosed-quote': 'info', 'unknown-directive': 'off' } }],
  ignore: ['old/**'],
});

test('what the config file takes away is told, with what it extends, its overrides and what it ignores', () => {
  const files = {
    'proxylint.json': softened,
    'team.json': '{"rules":{"unexpected-close":"off","unknown-variable":{"severity":"info"}}}',
    'a.conf': bad,
    'sites/b.conf': bad,
    'old/c.conf': bad,
  };
  const cwd = folder(files);
  const paths = ['a.conf', 'sites', 'old'];
  const { configs } = json(paths, cwd);
  expect(configs).toMatchObject([
    {
      file: 'proxylint.json',
      off: ['unclosed-block', 'unexpected-close', 'unknown-directive'],
      lowered: expect.arrayContaining(['unclosed-quote', 'unknown-variable']),
      ignored: 1,
    },
  ]);
  expect(json(['--config', 'proxylint.json', ...paths], cwd).configs).toEqual(configs);
  expect(json(['--no-config', ...paths], cwd).configs).toEqual([]);
  const said =
    /^(?:proxylint: )?proxylint\.json: 3 rules off \(unclosed-block, unexpected-close, unknown-directive\), lower severity for .*, 1 file ignored\.?$/m;
  for (const format of ['pretty', 'github'])
    expect(runCli(['--format', format, ...paths], { cwd }).stdout).toMatch(said);
  const sarif = JSON.parse(runCli(['--format', 'sarif', ...paths], { cwd }).stdout) as {
    runs: { properties: object }[];
  };
  expect(sarif.runs[0]!.properties).toMatchObject({ configs });
});

test('a config file that takes nothing away is not told, a copy of the catalogue neither', () => {
  const cwd = folder({ 'proxylint.json': '{"rules":{"unclosed-block":"error"}}', 'a.conf': bad });
  expect(json(['a.conf'], cwd).configs).toEqual([]);
  expect(
    json(['a.conf'], folder({ 'proxylint.json': readFileSync('rules.json', 'utf8'), 'a.conf': bad })).configs,
  ).toEqual([]);
});

test('--no-config keeps out rules, ignored files and plugins; comments stay, and are counted', () => {
  const cwd = folder({
    'proxylint.json': '{"plugins":["./none.cjs"],"rules":{"unclosed-block":"off"},"ignore":["**"]}',
    'a.conf': `${bad}# proxylint-ignore-file unclosed-block: meant so\n`,
    'b.conf': bad,
  });
  expect(json(['--no-config', 'a.conf', 'b.conf'], cwd).summary).toMatchObject({ errors: 1, suppressed: 1 });
  expect(runCli(['a.conf'], { cwd }).status).toBe(2);
  const strict = json(['--no-config', '--no-suppressions', 'a.conf', 'b.conf'], cwd);
  expect(strict.summary).toMatchObject({ errors: 2, suppressed: 0 });
});

test('--config takes the place of what the tree brings, and --no-plugins refuses code', () => {
  const base = folder({ 'trusted.json': '{"rules":{"unclosed-block":"error"}}' });
  const cwd = folder({ 'proxylint.json': '{"rules":{"unclosed-block":"off"}}', 'a.conf': bad });
  expect(json(['a.conf'], cwd).summary.errors).toBe(0);
  expect(json(['--no-plugins', '--config', join(base, 'trusted.json'), 'a.conf'], cwd).summary.errors).toBe(1);
});

const outside = { secret: 'hunter2', target: 'hunter2' };

test.each([
  ['extends', { extends: '../secret.json' }],
  ['extends through a symbolic link', { extends: './link.json' }],
  ['extends something of the system', { extends: '/etc/passwd' }],
])('a config file that was found draws in nothing from outside of the project: %s', (_, config) => {
  const cwd = folder({ 'secret.json': JSON.stringify(outside), 'tree/.git/HEAD': '', 'tree/sites/a.conf': bad });
  writeFileSync(join(cwd, 'tree/proxylint.json'), JSON.stringify(config));
  symlinkSync('../secret.json', join(cwd, 'tree/link.json'));
  const run = runCli(['sites/a.conf'], { cwd: join(cwd, 'tree') });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('lies outside of the project');
  expect(run.stderr).not.toMatch(/hunter2|root:/);
});

test('a config file that is a link to the outside is refused, one within the project extends what it likes', () => {
  const cwd = folder({ 'secret.json': JSON.stringify(outside), 'tree/.git/HEAD': '', 'tree/sites/a.conf': bad });
  symlinkSync('../../secret.json', join(cwd, 'tree/sites/proxylint.json'));
  const run = runCli(['tree/sites/a.conf'], { cwd });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('lies outside of the project');
  expect(run.stderr).not.toContain('hunter2');
  const own = folder({
    '.git/HEAD': '',
    'base.json': '{"rules":{"unclosed-block":"off"}}',
    'sites/proxylint.json': '{"extends":"../base.json"}',
    'sites/a.conf': bad,
  });
  expect(json(['a.conf'], join(own, 'sites')).configs).toMatchObject([{ off: ['unclosed-block'] }]);
});

test('files that extend one another ever more end', () => {
  const files: Record<string, string> = { 'a.conf': bad, 'proxylint.json': '{"extends":["./0.json"]}' };
  for (let n = 0; n < 40; n++)
    files[`${n}.json`] = JSON.stringify({ extends: [`./${n + 1}.json`, `././${n + 1}.json`] });
  files['40.json'] = '{}';
  const run = runCli(['a.conf'], { cwd: folder(files) });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('extends more than 100 files');
});

test('a config file that is a device, a FIFO or a directory is named, and not waited for', () => {
  const cwd = folder({ 'a.conf': bad });
  symlinkSync('/dev/zero', join(cwd, 'zero.json'));
  mkdirSync(join(cwd, 'proxylint.json'));
  expect(runCli(['--config', 'zero.json', 'a.conf'], { cwd })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('not a regular file'),
  });
  expect(runCli(['a.conf'], { cwd })).toMatchObject({ status: 2, stderr: expect.stringContaining('is a directory') });
});

test('comments and mistakes in a config file', () => {
  const commented = '// why\n{ /* here */ "rules": { "unclosed-block": "off" } // "quoted"\n}\n';
  expect(json(['a.conf'], folder({ 'proxylint.json': commented, 'a.conf': bad })).summary.errors).toBe(0);
  const wrong = runCli(['a.conf'], {
    cwd: folder({ 'proxylint.json': '{\n  // secretsecret\n  "a": nope\n}', 'a.conf': bad }),
  });
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toMatch(
    /proxylint\.json:3:\d+: not valid JSON: unexpected word; texts stand in double quotes\n$/,
  );
});
