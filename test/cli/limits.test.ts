import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { limits } from '../../src/text/budget.ts';
import { globMatcher } from '../../src/text/glob.ts';
import { folder, runCli } from '../helpers/run-cli.ts';

const json = ['--format', 'json'];

interface Document {
  readonly summary: Readonly<Record<string, number>>;
  readonly findings: readonly unknown[];
  readonly omitted: readonly { rule: string; count: number }[];
  readonly notices: readonly { kind: string; message: string }[];
}

test('what repeats too often is counted, not printed', () => {
  const cwd = folder({ 'nginx.conf': `http {\n${'}\n'.repeat(1001)}` });
  const { status, stdout } = runCli([...json, 'nginx.conf'], { cwd });
  const { summary, findings, omitted } = JSON.parse(stdout) as Document;
  expect(status).toBe(1);
  expect(summary).toMatchObject({ errors: 1000, omitted: 800 });
  expect(findings).toHaveLength(limits.printedOfAKind);
  expect(omitted).toMatchObject([{ rule: 'unexpected-close', count: 800 }]);
  const all = JSON.parse(runCli([...json, '--all-findings', 'nginx.conf'], { cwd }).stdout) as Document;
  expect(all.findings).toHaveLength(1000);
  expect(runCli(['nginx.conf'], { cwd }).stdout).toContain('800 more findings of unexpected-close');
});

test('a file that is too large is named and not linted, and the others are', () => {
  const cwd = folder({ 'large.conf': 'gzip on;\n'.repeat(limits.fileLength / 9 + 1), 'small.conf': 'gzip on;\n' });
  const { status, stdout } = runCli([...json, '--type', 'nginx', 'large.conf', 'small.conf'], { cwd });
  const { summary, notices } = JSON.parse(stdout) as Document;
  expect(status).toBe(2);
  expect(summary).toMatchObject({ files: 1, errors: 0, partial: 1, notLinted: 1 });
  expect(notices).toMatchObject([{ kind: 'limit' }]);
  expect(notices[0]!.message).toMatch(/^"large.conf" was not linted: it is too large for proxylint/);
});

test('includes that double are stopped', () => {
  const levels = Array.from({ length: 30 }, (_, level) => [
    `f${level}.conf`,
    level < 29 ? `include f${level + 1}.conf;\n`.repeat(2) : `#${'x'.repeat(100_000)}\n`,
  ]);
  const cwd = folder({ 'nginx.conf': 'events {}\nhttp { include f0.conf; }\n', ...Object.fromEntries(levels) });
  const { status, stdout } = runCli([...json, 'nginx.conf'], { cwd });
  const { summary, notices } = JSON.parse(stdout) as Document;
  expect(status).toBe(1);
  expect(summary['partial']).toBeGreaterThan(0);
  expect(notices).toMatchObject([{ kind: 'limit' }]);
}, 60_000);

test('macros of httpd that use themselves or double end', () => {
  const doubling = Array.from(
    { length: 40 },
    (_, level) => `<Macro M${level + 1}>\n${`Use M${level}\n`.repeat(2)}</Macro>\n`,
  );
  const cwd = folder({
    'self.conf': 'LoadModule macro_module m.so\n<Macro M $a>\nUse M $a\nUse M $a\n</Macro>\nUse M z\n',
    'double.conf': `<Macro M0>\nProxyPass /x http://127.0.0.1/\n</Macro>\n${doubling.join('')}Use M40\n`,
  });
  const self = runCli(['--type', 'apache', 'self.conf'], { cwd });
  expect(self).toMatchObject({ status: 1 });
  expect(self.stdout).toContain('uses itself');
  expect(runCli(['--type', 'apache', 'double.conf'], { cwd }).status).not.toBe(null);
});

test('a pattern takes no power of the length of a name', () => {
  const name = 'a'.repeat(255);
  expect(globMatcher(`${'*a'.repeat(60)}*b`).test(name)).toBe(false);
  expect(globMatcher(`${'*a'.repeat(60)}*`).test(name)).toBe(true);
});

test('wrong paths are told in a line', () => {
  const cwd = folder({ 'a.conf': 'gzip on;\n' });
  for (const args of [[''], ['trace', 'http://a/', ''], ['routes', '--output-file', '/nosuch/x', 'a.conf']]) {
    const { status, stderr } = runCli(args, { cwd });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^proxylint: [^\n]*\n$/);
    expect(stderr).not.toContain('internal error');
  }
});

test('what a shell makes of <(command), and standard input by its path, are read', () => {
  const program = resolve('dist/cli.cjs');
  const script = `"${process.execPath}" "${program}" <(echo 'server { liste 80; }')`;
  expect(spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout).toContain('unknown-directive');
  expect(runCli(['/dev/stdin'], { input: 'server { liste 80; }\n' }).stdout).toContain('unknown-directive');
});
