import { spawnSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, runCli } from '../helpers/run-cli.ts';

const server = (name: string, more = ''): string =>
  `  server {\n    listen 80;\n    server_name ${name};\n    ssl_protocols TLSv1;\n${more}  }\n`;
const config = (...servers: readonly string[]): string => `events {}\nhttp {\n${servers.join('')}}\n`;
const before = config(server('a'), server('b'));

function repository(files: Readonly<Record<string, string>>): string {
  const cwd = folder(files);
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...who, 'commit', '-qm', 'x'],
  ]) {
    const { status, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  }
  return cwd;
}

function weakLines(cwd: string, ...options: readonly string[]): number[] {
  const { stdout } = runCli(['--format', 'json', '--diff-base', 'HEAD', ...options, '.'], { cwd });
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; line: number }[] };
  return findings.filter(({ rule }) => rule === 'weak-tls-protocol').map(({ line }) => line);
}

test('without a change nothing is reported, and what is left out is counted', () => {
  const cwd = repository({ 'nginx.conf': before });
  const { status, stdout } = runCli(['--diff-base', 'HEAD', 'nginx.conf'], { cwd });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^No findings in 1 file, \d+ outside of the changes\.\n$/);
});

test.each([
  ['a line added', config(server('a', '    gzip off;\n'), server('b')), [6]],
  ['a line changed', before.replace('server_name b', 'server_name c'), [11]],
  ['a line taken out', before.replace('    server_name b;\n', ''), [10]],
  ['a change outside of both', before.replace('http {', 'http {\n  gzip off;'), []],
])('%s: the virtual host around it counts as changed', (_, text, lines) => {
  const cwd = repository({ 'nginx.conf': before });
  writeFileSync(join(cwd, 'nginx.conf'), text);
  expect(weakLines(cwd)).toEqual(lines);
});

test('new files count as a whole, renamed ones do not, whatever their names are', () => {
  const cwd = repository({ 'nginx.conf': before });
  renameSync(join(cwd, 'nginx.conf'), join(cwd, 'an "odd" näme.conf'));
  spawnSync('git', ['add', '--all'], { cwd });
  expect(weakLines(cwd)).toEqual([]);
  writeFileSync(join(cwd, 'an "odd" näme.conf'), before.replace('server_name a', 'server_name z'));
  writeFileSync(join(cwd, 'new one.conf'), before);
  expect(weakLines(cwd)).toEqual([6, 6, 11]);
});

test('a document counts by its own lines, and lines that look like a patch are text', () => {
  const text = (name: string): string => `# T\n\n\`\`\`nginx\n${config(server('a'), server(name))}\`\`\`\n`;
  const cwd = repository({ 'guide.md': text('b'), 'nginx.conf': before });
  writeFileSync(join(cwd, 'guide.md'), text('c'));
  writeFileSync(join(cwd, 'nginx.conf'), before.replace('events', '# x\n++ b/other\n@@ -1 +1 @@\nevents'));
  expect(weakLines(cwd, '--ignore-unknown').filter((line) => line > 11)).toEqual([14]);
});

test.each([
  [['--diff-base', 'no-such'], 'no such revision'],
  [['--diff-base', '--output=x'], 'no such revision'],
  [['--diff-base=--output=x'], 'no such revision'],
  [['--diff-base', 'HEAD', '--fix'], 'fixes would not keep to the changes'],
])('%j is refused in one line', (options, message) => {
  const cwd = repository({ 'nginx.conf': before });
  const { status, stderr } = runCli([...options, 'nginx.conf'], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('outside of a repository the option is refused', () => {
  const cwd = folder({ 'nginx.conf': before });
  const { status, stderr } = runCli(['--diff-base', 'HEAD', 'nginx.conf'], {
    cwd,
    env: { GIT_CEILING_DIRECTORIES: '/' },
  });
  expect(status).toBe(2);
  expect(stderr).toContain('git says: not a git repository');
});
