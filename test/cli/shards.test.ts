/** `--shard` and `merge`: the shards of a run, put together, are what the run in one piece is. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folder, runCli } from '../helpers/run-cli.ts';

const formats = ['json', 'sarif'] as const;
const site = 'server {\n    listen 80;\n    server_name example.com;\n    root /srv/www;\n}\n';

/** A tree with includes across shards, documents, files that are ignored and some that are no config. */
function tree(): string {
  const cwd = folder({
    '.git/HEAD': '',
    'nginx.conf': 'events {}\nhttp {\n    include conf.d/*.conf;\n    include outside/../../x.conf;\n}\n',
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `conf.d/site${index}.conf`,
        `server {\n    listen 80;\n    server_name s${index % 5}.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:9000\n    }\n}\n`,
      ]),
    ),
    'a-first.conf': 'server {\n    listen 80;\n    include shared/*.inc;\n    root /srv;\n}\n',
    'b-second.conf': 'server {\n    listen 81;\n    include shared/*.inc;\n    root /srv;\n}\n',
    'shared/one.inc': 'autoindex on;\nadd_header X-A b;\nlocation /x {\n    add_header X-B c;\n}\n',
    'ignored/x.conf': site,
    'notes.conf': 'Buy milk.\n',
    'proxylint.json': '{"ignore":["ignored"],"rules":{"missing-semicolon":"warning"}}',
  });
  cpSync(resolve('fixtures/samples'), join(cwd, 'samples'), { recursive: true });
  cpSync(resolve('docs/inputs.md'), join(cwd, 'docs.md'));
  return cwd;
}

/** Notices come in the order in which configs were linted, which shards do not know. */
function withoutOrder(text: string): unknown {
  const names = new Set(['notices', 'toolExecutionNotifications']);
  const sorted = (list: unknown[]): string[] => list.map((item) => JSON.stringify(item)).sort();
  return JSON.parse(text, (key, value: unknown) => (names.has(key) ? sorted(value as unknown[]) : value));
}

test.each(formats)(
  '%s: the shards together are the whole',
  (format) => {
    const cwd = tree();
    const results = folder({});
    const args = ['--format', format, '--all-findings'];
    const whole = runCli([...args, '.'], { cwd });
    for (const count of [2, 5]) {
      const names = Array.from({ length: count }, (_, index) => join(results, `${count}-${index + 1}`));
      for (const [index, name] of names.entries()) {
        const run = runCli(['--shard', `${index + 1}/${count}`, '--output-file', name, ...args, '.'], { cwd });
        expect(run.status).toBeLessThan(2);
      }
      const merged = runCli(['merge', ...names.reverse()]);
      expect(withoutOrder(merged.stdout)).toEqual(withoutOrder(whole.stdout));
      expect(merged.stderr).toBe('');
      expect(merged.status).toBe(whole.status);
    }
  },
  120_000,
);

test('each input is in one shard, and stays there when others come', () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`site${index}.conf`, 'server {\n']));
  const cwd = folder(files);
  const parts = (): string[][] =>
    [1, 2, 3, 4].map((index) => {
      const { stdout } = runCli(['--shard', `${index}/4`, '--format', 'json', '.'], { cwd });
      return (JSON.parse(stdout) as { findings: { file: string }[] }).findings.map(({ file }) => file);
    });
  const before = parts();
  expect(before.flat().sort()).toEqual(Object.keys(files).sort());
  expect(before.every((part) => part.length > 2)).toBe(true);
  writeFileSync(join(cwd, 'another.conf'), 'server {\n');
  const after = parts().map((part) => part.filter((file) => file !== 'another.conf'));
  expect(after).toEqual(before);
});

test('a shard may have nothing to do', () => {
  const cwd = folder({ 'site.conf': site });
  const runs = [1, 2, 3].map((index) => runCli(['--shard', `${index}/3`, '.'], { cwd }));
  expect(runs.map(({ status }) => status)).toEqual([0, 0, 0]);
  expect(runs.map(({ stdout }) => stdout).sort()).toEqual([
    'No findings in 0 files.\n',
    'No findings in 0 files.\n',
    'No findings in 1 file.\n',
  ]);
});

test('with a cache, too', () => {
  const cwd = tree();
  for (const index of [1, 2]) {
    const args = ['--shard', `${index}/2`, '--format', 'json', '.'];
    const plain = runCli(args, { cwd });
    expect(runCli(['--cache', ...args], { cwd })).toEqual(plain);
    expect(runCli(['--cache', ...args], { cwd })).toEqual(plain);
  }
});

test.each(['0/3', '4/3', '1', 'a/b', '1/0', '-1/2', '1/2/3', ''])('--shard %j is refused', (shard) => {
  const run = runCli(['--shard', shard, '.'], { cwd: folder({ 'site.conf': site }) });
  expect(run).toEqual({
    status: 2,
    stdout: '',
    stderr: `proxylint: --shard ${shard}: expected INDEX/COUNT with an index from 1 to the count, as in 2/5\n`,
  });
});

test('shards fix nothing', () => {
  const run = runCli(['--shard', '1/2', '--fix', '.'], { cwd: folder({ 'site.conf': site }) });
  expect(run).toMatchObject({ status: 2, stderr: 'proxylint: --shard: shards find, and fix nothing\n' });
});

test('merge refuses what it cannot join', () => {
  const cwd = folder({
    'site.conf': 'server {\n',
    'list.json': '[]',
    'text.json': 'x',
    'other.json': '{"runs":[{}]}',
    'd/x': '',
  });
  for (const format of formats)
    for (const index of [1, 2, 3])
      runCli(['--format', format, '--shard', `${index}/3`, '--output-file', `${index}.${format}`, 'site.conf'], {
        cwd,
      });
  runCli(['--format', 'json', '--output-file', 'whole.json', 'site.conf'], { cwd });
  runCli(['--format', 'json', '--shard', '1/2', '--output-file', 'half.json', 'site.conf'], { cwd });
  const old = readFileSync(join(cwd, '1.json'), 'utf8').replace(/("version": )"[^"]+"/, '$1"0.0.9"');
  writeFileSync(join(cwd, 'old.json'), old);
  const broken = readFileSync(join(cwd, 'whole.json'), 'utf8').replace('"line": 1', '"line": "1"');
  writeFileSync(join(cwd, 'broken.json'), broken);
  const refusals: [string[], string | RegExp][] = [
    [['1.json', '2.json'], 'there is no result of shard 3/3'],
    [['1.json', '2.json', '2.json', '3.json'], '2.json: shard 2/3, as 2.json is'],
    [['1.json', 'half.json'], 'half.json: shard 1/2, but 1.json is one of 3'],
    [['1.json', 'whole.json'], 'whole.json: no shard, as 1.json is'],
    [['1.json', '2.sarif', '3.json'], '2.sarif: SARIF, but 1.json is JSON; results of one format can be joined'],
    [['old.json', '2.json', '3.json'], /^old\.json: made by proxylint 0\.0\.9, and this is \d/],
    [['none.json'], 'none.json: no such file or directory'],
    [['d'], 'd: not a regular file'],
    [['text.json'], 'text.json: not valid JSON; expected what --format json or --format sarif printed'],
    [['list.json'], 'list.json: [] is not of type object; expected a result of proxylint in JSON or SARIF'],
    [['other.json'], /^other\.json: "version" is missing; expected a result of proxylint/],
    [['broken.json'], /^broken\.json: findings\[0\]\.line: "1" is not of type integer; expected/],
  ];
  for (const [names, message] of refusals) {
    const run = runCli(['merge', ...names], { cwd });
    expect(run, names.join(' ')).toMatchObject({ status: 2, stdout: '' });
    const [line, ...rest] = run.stderr.replace(/^proxylint: /, '').split('\n');
    expect(rest).toEqual(['']);
    if (typeof message === 'string') expect(line).toBe(message);
    else expect(line).toMatch(message);
  }
  expect(runCli(['merge'], { cwd }).status).toBe(2);
  expect(runCli(['merge', '1.json', '2.json', '3.json'], { cwd }).status).toBe(1);
  expect(runCli(['merge', '--fail-on', 'never', '1.sarif', '2.sarif', '3.sarif'], { cwd }).status).toBe(0);
  expect(runCli(['merge', 'whole.json', '--output-file', 'out.json'], { cwd })).toMatchObject({
    status: 1,
    stdout: '',
  });
  expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8'))).toEqual(
    JSON.parse(readFileSync(join(cwd, 'whole.json'), 'utf8')),
  );
}, 60_000);
