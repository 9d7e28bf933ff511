import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, runCli } from '../helpers/run-cli.ts';

const config = 'events {}\nhttp {\n  server {\n    listen 80;\n    autoindex on;\n    ssl_protocols TLSv1;\n  }\n}\n';
const other = config.replace('autoindex on', 'server_tokens on');

const rulesOf = (stdout: string): string[] =>
  (JSON.parse(stdout) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule);

test('what the baseline knows is silent, also after lines were added and moved, and what is new fails', () => {
  const cwd = folder({ 'nginx.conf': config });
  expect(rulesOf(runCli(['--format', 'json', 'nginx.conf'], { cwd }).stdout)).toContain('weak-tls-protocol');
  const written = runCli(['--baseline', 'known.json', '--update-baseline', 'nginx.conf'], { cwd });
  expect(written).toMatchObject({ status: 0 });
  expect(written.stderr).toMatch(/^proxylint: known\.json: \d findings? of 1 file written\n$/);
  writeFileSync(join(cwd, 'nginx.conf'), `# a comment\n\n${config}`);
  const known = runCli(['--baseline', 'known.json', '--format', 'json', 'nginx.conf'], { cwd });
  expect(known.status).toBe(0);
  expect(JSON.parse(known.stdout)).toMatchObject({ findings: [], summary: { baseline: { gone: 0 } } });
  writeFileSync(join(cwd, 'nginx.conf'), config.replace('listen 80', 'listen 80;\n    no_such on'));
  const fresh = runCli(['--baseline', 'known.json', '--format', 'json', 'nginx.conf'], { cwd });
  expect(fresh.status).toBe(1);
  expect(rulesOf(fresh.stdout)).not.toContain('weak-tls-protocol');
  expect(rulesOf(fresh.stdout).length).toBeGreaterThan(0);
});

test('the same baseline serves from another directory', () => {
  const cwd = folder({ 'conf/nginx.conf': config, 'known.json': '', 'sub/x': '' });
  rmSync(join(cwd, 'known.json'));
  runCli(['--baseline', 'known.json', '--update-baseline', 'conf'], { cwd });
  expect(runCli(['--baseline', '../known.json', '../conf'], { cwd: join(cwd, 'sub') }).status).toBe(0);
});

test('what is mended is told as gone, taken out on request, and files that are not linted keep theirs', () => {
  const cwd = folder({ 'a/nginx.conf': config, 'b/nginx.conf': other });
  runCli(['--baseline', 'known.json', '--update-baseline', '.'], { cwd });
  const entries = (): Record<string, unknown[]> =>
    (JSON.parse(readFileSync(join(cwd, 'known.json'), 'utf8')) as { files: Record<string, unknown[]> }).files;
  const before = entries();
  expect(Object.keys(before)).toEqual(['a/nginx.conf', 'b/nginx.conf']);
  writeFileSync(join(cwd, 'a/nginx.conf'), config.replace('TLSv1', 'TLSv1.3'));
  const told = runCli(['--baseline', 'known.json', 'a/nginx.conf'], { cwd });
  expect(told.stdout).toContain('known.json: 1 entry is found no more; --update-baseline takes them out');
  expect(runCli(['--baseline', 'known.json', '--only', 'autoindex-on', 'a/nginx.conf'], { cwd }).stdout).not.toContain(
    'found no more',
  );
  expect(runCli(['--baseline', 'known.json', '--update-baseline', 'a/nginx.conf'], { cwd }).stderr).toContain('1 gone');
  expect(entries()['a/nginx.conf'] ?? []).toHaveLength(before['a/nginx.conf']!.length - 1);
  expect(entries()['b/nginx.conf']).toEqual(before['b/nginx.conf']);
  rmSync(join(cwd, 'b'), { recursive: true });
  runCli(['--baseline', 'known.json', '--update-baseline', 'a/nginx.conf'], { cwd });
  expect(entries()['b/nginx.conf']).toBeUndefined();
});

test.each([
  [['--baseline', 'none.json'], 'none.json: no such file; --update-baseline writes it'],
  [['--baseline', 'broken.json'], 'broken.json: not valid JSON; expected what --update-baseline wrote'],
  [['--baseline', 'other.json'], 'other.json: baselineVersion'],
  [['--baseline', 'odd.json'], 'odd.json: files.a[0]'],
  [['--update-baseline'], '--update-baseline: name the file with --baseline'],
  [['--baseline', 'x.json', '--update-baseline', '--only', 'weak-tls-protocol'], 'with --only it would lose'],
  [['--baseline', 'x.json', '--update-baseline', '--quiet'], 'with --quiet it would lose'],
  [['--baseline', 'x.json', '--update-baseline', '--diff-base', 'HEAD'], 'with --diff-base it would lose'],
  [['--baseline', 'no/such/x.json', '--update-baseline'], 'no/such/x.json: '],
])('%j is refused in one line, and no file is written', (options, message) => {
  const cwd = folder({
    'nginx.conf': config,
    'broken.json': '{',
    'other.json': '{ "baselineVersion": 2, "files": {} }',
    'odd.json': '{ "baselineVersion": 1, "files": { "a": [1] } }',
  });
  const { status, stderr } = runCli([...options, 'nginx.conf'], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(() => readFileSync(join(cwd, 'x.json'))).toThrow('ENOENT');
});

test('a baseline is left as it is where not all could be checked', () => {
  const cwd = folder({ 'nginx.conf': config, 'known.json': '{ "baselineVersion": 1, "files": {} }' });
  writeFileSync(join(cwd, 'large.conf'), `events {}\nhttp { # ${'x'.repeat(11 * 2 ** 20)}\n}\n`);
  const { status, stderr } = runCli(['--baseline', 'known.json', '--update-baseline', '.'], { cwd });
  if (status === 0) return expect(stderr).toContain('written');
  expect(status).toBe(2);
  expect(stderr).toContain('not all could be checked');
  expect(readFileSync(join(cwd, 'known.json'), 'utf8')).toBe('{ "baselineVersion": 1, "files": {} }');
});
