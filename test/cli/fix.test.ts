import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, runCli } from '../helpers/run-cli.ts';

const broken = 'server {\n    listen 80\n    server_name example.com;\n    root /srv/www;\n}\n';
const mended = broken.replace('80', '80;');
const doubled = 'server {\n    listen 80;\n    location /static/ {\n        root /srv/www/static/;\n    }\n}\n';
const aliased = doubled.replace('root ', 'alias ');
const only = ['--only', 'missing-semicolon', '--only', 'root-in-location-mismatch'];

interface Json {
  readonly summary: { readonly fixed: number };
  readonly findings: readonly { readonly rule: string; readonly fix: { readonly edits: readonly object[] } }[];
}

test('--fix applies the safe fixes, --fix-unsafe all; the status counts what remains', () => {
  const cwd = folder({ 'a.conf': broken, 'b.conf': doubled });
  const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');
  const first = runCli(['--fix', '--format', 'json', ...only, '.'], { cwd });
  expect(first).toMatchObject({ status: 1, stderr: '' });
  const { summary, findings } = JSON.parse(first.stdout) as Json;
  expect(summary.fixed).toBe(1);
  expect(findings.map(({ rule }) => rule)).toEqual(['root-in-location-mismatch']);
  expect([read('a.conf'), read('b.conf')]).toEqual([mended, doubled]);
  const second = runCli(['--fix-unsafe', ...only, '.'], { cwd });
  expect(second).toMatchObject({ status: 0, stdout: 'No findings in 2 files. Fixed 1 finding in 1 file.\n' });
  expect(read('b.conf')).toBe(aliased);
  expect(readdirSync(cwd)).toEqual(['a.conf', 'b.conf']);
});

test('mode and symbolic link are kept, and the file that the link leads to is replaced', () => {
  const cwd = folder({ 'available/a.conf': broken, 'enabled/x': '' });
  chmodSync(join(cwd, 'available/a.conf'), 0o640);
  symlinkSync('../available/a.conf', join(cwd, 'enabled/a.conf'));
  const inode = statSync(join(cwd, 'available/a.conf')).ino;
  expect(runCli(['--fix', ...only, 'enabled/a.conf'], { cwd }).status).toBe(0);
  expect(lstatSync(join(cwd, 'enabled/a.conf')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(cwd, 'available/a.conf'), 'utf8')).toBe(mended);
  const stats = statSync(join(cwd, 'available/a.conf'));
  expect(stats.mode & 0o777).toBe(0o640);
  expect(stats.ino).not.toBe(inode);
});

test('an included file that is named is fixed, once, also if it is known under two paths', () => {
  const cwd = folder({
    'nginx.conf': 'events {}\nhttp {\n    include enabled/*;\n    include available/a.conf;\n}\n',
    'available/a.conf': broken,
    'enabled/.keep': '',
  });
  symlinkSync('../available/a.conf', join(cwd, 'enabled/a.conf'));
  expect(runCli(['--fix', ...only, 'nginx.conf', 'available'], { cwd }).status).toBe(0);
  expect(readFileSync(join(cwd, 'available/a.conf'), 'utf8')).toBe(mended);
});

test('blocks of a document are fixed in the document, and JSON has offsets in it', () => {
  const page = (text: string): string => `# Ü\n\n\`\`\`nginx\n${text}\`\`\`\n\nand\n\n\`\`\`\n${text}\`\`\`\n`;
  const cwd = folder({ 'a.md': page(broken) });
  const { findings } = JSON.parse(runCli(['--format', 'json', ...only, 'a.md'], { cwd }).stdout) as Json;
  const at = page(broken).indexOf('80') + 2;
  expect(findings[0]!.fix.edits).toEqual([{ file: 'a.md', start: at, end: at, text: ';' }]);
  expect(runCli(['--fix', ...only, 'a.md'], { cwd }).status).toBe(0);
  expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(page(mended));
});

test('standard input: the text goes to standard output, the findings to standard error, and no file changes', () => {
  const cwd = folder({ 'a.conf': broken, 'b.inc': 'autoindex on\n;\nroot /srv/www\nindex a.html;\n' });
  const input = broken.replace('}', '    include b.inc;\n}');
  const run = runCli(['--fix', ...only, '--stdin-filename', 'a.conf', '-'], { cwd, input });
  expect(run.stdout).toBe(mended.replace('}', '    include b.inc;\n}'));
  expect(run.stderr).toContain('missing-semicolon');
  expect(run.stderr).toContain('Fixed 1 finding in 1 file.');
  expect(readFileSync(join(cwd, 'a.conf'), 'utf8')).toBe(broken);
  expect(readFileSync(join(cwd, 'b.inc'), 'utf8')).toContain('/srv/www\nindex');
  expect(runCli(['--fix', '-'], { input: mended }).stdout).toBe(mended);
});

test('--fix-dry-run prints a patch and changes nothing', () => {
  const cwd = folder({ 'etc/a.conf': broken, 'etc/b.conf': doubled.trimEnd() });
  const run = runCli(['--fix-dry-run', '--fix-unsafe', ...only, 'etc'], { cwd });
  expect(run.status).toBe(0);
  expect(run.stderr).toBe('proxylint: 2 findings in 2 files would be fixed, none would remain\n');
  expect(run.stdout).toMatch(
    /^--- a\/etc\/a\.conf\n\+\+\+ b\/etc\/a\.conf\n@@ -1,5 \+1,5 @@\n server \{\n- {4}listen 80\n\+ {4}listen 80;\n/,
  );
  expect(readFileSync(join(cwd, 'etc/a.conf'), 'utf8')).toBe(broken);
  execFileSync('git', ['apply', '-'], { cwd, input: run.stdout });
  expect(readFileSync(join(cwd, 'etc/a.conf'), 'utf8')).toBe(mended);
  expect(readFileSync(join(cwd, 'etc/b.conf'), 'utf8')).toBe(aliased.trimEnd());
  expect(runCli(['--fix-dry-run', ...only, 'etc'], { cwd })).toMatchObject({ status: 0, stdout: '' });
});

test('a file that is not UTF-8 is left as it is', () => {
  const cwd = folder({});
  const bytes = Buffer.concat([Buffer.from([0x23, 0xe4, 0x0a]), Buffer.from(broken)]);
  writeFileSync(join(cwd, 'a.conf'), bytes);
  expect(runCli(['--fix', ...only, 'a.conf'], { cwd })).toMatchObject({
    status: 2,
    stderr: 'proxylint: a.conf: not fixed: it is not UTF-8, or has changed meanwhile\n',
  });
  expect(readFileSync(join(cwd, 'a.conf'))).toEqual(bytes);
});

test('the files of a dump are not touched', () => {
  const cwd = folder({ 'a.conf': broken });
  const dump = `# configuration file ${join(cwd, 'a.conf')}:\n${broken}\n`;
  expect(runCli(['--fix', ...only, '-'], { cwd, input: dump }).stdout).toBe(dump);
  expect(readFileSync(join(cwd, 'a.conf'), 'utf8')).toBe(broken);
});

test('unused suppressions are deleted', () => {
  const cwd = folder({
    'nginx.conf':
      'events {}\nhttp {\n    # proxylint-ignore weak-tls-protocol: old\n    index a.html; # proxylint-ignore weak-tls-protocol: old\n}\n',
  });
  expect(runCli(['--fix', 'nginx.conf'], { cwd }).status).toBe(0);
  expect(readFileSync(join(cwd, 'nginx.conf'), 'utf8')).toBe('events {}\nhttp {\n    index a.html;\n}\n');
});
