/** `config`, `init`, `rules`, `help`, `completion`, and what is said to slips of the command line. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../src/rules/index.gen.ts';
import { folder, runCli } from '../helpers/run-cli.ts';

const config = 'events {}\nhttp {\n  server {\n    listen 80;\n    ssl_protocols TLSv1;\n  }\n}\n';

test('config tells what is in force, and which of the files, sets and options said so last', () => {
  const cwd = folder({
    'proxylint.json': JSON.stringify({
      extends: 'pedantic',
      target: { nginx: '1.22' },
      ignore: ['old'],
      rules: { 'weak-hsts': 'off', 'weak-tls-protocol': { severity: 'error', reason: 'we have no old clients' } },
      overrides: [{ files: 'b.conf', rules: { 'weak-hsts': 'info' } }],
    }),
  });
  const inForce = (...args: readonly string[]): Record<string, unknown> & { rules: Record<string, unknown> } =>
    JSON.parse(runCli(['config', ...args], { cwd }).stdout) as never;
  const a = inForce('a.conf');
  expect(a).toMatchObject({
    file: 'a.conf',
    ignored: false,
    configs: ['pedantic', 'proxylint.json'],
    target: { nginx: '1.22' },
  });
  expect(Object.keys(a.rules)).toHaveLength(rules.length);
  expect(a.rules['weak-tls-protocol']).toEqual({ severity: 'error', from: 'proxylint.json' });
  expect(a.rules['weak-hsts']).toEqual({ severity: 'off', from: 'proxylint.json' });
  expect(a.rules['regex-redos']).toMatchObject({ from: 'pedantic' });
  expect(inForce('b.conf').rules['weak-hsts']).toMatchObject({ severity: 'info', from: 'proxylint.json' });
  expect(inForce('old/c.conf')).toMatchObject({ ignored: true });
  expect(inForce('--rule', 'weak-hsts=warning').rules['weak-hsts']).toMatchObject({
    severity: 'warning',
    from: 'the command line',
  });
});

test('init writes a config file that works, by what is found, and never over another one', () => {
  const cwd = folder({ 'sites/a.conf': config, 'b.conf': '<VirtualHost *:80>\nServerName a\n</VirtualHost>\n' });
  const made = runCli(['init', '--profile', 'pedantic', '--target', 'nginx=1.20', '--target', 'apache=2.4.57'], {
    cwd,
  });
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(made.stdout).toContain('Found here: 1 file for nginx, 1 file for apache.');
  const text = readFileSync(join(cwd, 'proxylint.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    extends: ['pedantic'],
    target: { nginx: '1.20', apache: '2.4.57' },
    rules: {},
  });
  expect(runCli(['--fail-on', 'never', '.'], { cwd }).status).toBe(0);
  const again = runCli(['init'], { cwd });
  expect(again).toMatchObject({ status: 2 });
  expect(again.stderr).toMatch(
    /^proxylint: [^\n]*proxylint\.json: there is a config file already; it is left as it is\n$/,
  );
  expect(readFileSync(join(cwd, 'proxylint.json'), 'utf8')).toBe(text);
});

test('rules finds by word, server, category, set and fix, as text and as JSON', () => {
  const idsOf = (...args: readonly string[]): string[] =>
    (JSON.parse(runCli(['rules', '--format', 'json', ...args]).stdout) as { id: string }[]).map(({ id }) => id);
  const expected = (test: (rule: (typeof rules)[number]) => boolean): string[] =>
    rules.filter(test).map(({ id }) => id);
  expect(idsOf()).toEqual(rules.map(({ id }) => id));
  expect(idsOf('--type', 'sslh')).toEqual(expected(({ meta }) => meta.dialects.includes('sslh')));
  expect(idsOf('--category', 'tls', '--fixable')).toEqual(
    expected(({ category, meta }) => category === 'tls' && meta.fixable !== undefined),
  );
  expect(idsOf('--set', 'pedantic')).toEqual(expected(({ meta }) => meta.set === 'pedantic'));
  expect(idsOf('--set', 'mozilla-modern').length).toBeGreaterThan(0);
  expect(idsOf('WebSocket', 'missing')).toContain('missing-websocket-upgrade');
  expect(runCli(['rules', 'no-such-word-at-all']).stdout).toBe('No such rule.\n');
  expect(runCli(['rules', '--color', 'weak-tls-protocol']).stdout).toContain('\u001B[');
  expect(runCli(['rules', 'weak-tls-protocol']).stdout).not.toContain('\u001B');
  expect(runCli(['explain', '--color', 'weak-tls-protocol']).stdout).toContain('\u001B[');
});

test.each([
  [
    ['--only', 'weak-hsts', '--rule', 'weak-hsts=off'],
    '--only weak-hsts and --rule weak-hsts=off contradict each other',
  ],
  [['--only', 'weak-hsts', '--skip', 'weak-hsts'], '--only weak-hsts and --skip weak-hsts contradict each other'],
  [['--root', 'no-such-folder'], '--root no-such-folder: no such directory'],
  [['--target', 'nginx=99'], '--target nginx=99: no such version; the newest that is known begins with 1'],
  [['rules', '--category', 'tsl'], '--category tsl: did you mean "tls"?'],
  [['rules', '--category', 'zzz'], '--category zzz: expected one of '],
  [['trace', '/path'], '"/path" is no http, https, ws or wss URL'],
  [['trace', '/path', 'a.conf'], '"/path" is not a URL: name scheme and host, as in https://example.org/path'],
  [['trace', 'got', 'http://x/'], '"got" is neither an HTTP method nor a URL'],
  [['inti'], 'did you mean the command "init"?'],
  [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish.'],
])('%j is refused in one line that says what to do', (args, message) => {
  const { status, stderr } = runCli([...args], { cwd: folder({ 'a.conf': config }) });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('help is a command', () => {
  expect(runCli(['help'])).toMatchObject({ status: 0, stdout: runCli(['--help']).stdout });
  expect(runCli(['help', 'trace']).stdout).toBe(runCli(['trace', '--help']).stdout);
});

test('a named file of nothing but comments is fine', () => {
  const cwd = folder({ 'a.conf': '# all is commented out\n\n  # server {}\n', 'empty.conf': '' });
  expect(runCli(['a.conf', 'empty.conf'], { cwd })).toMatchObject({
    status: 0,
    stderr: 'proxylint: nothing but comments: a.conf, empty.conf\n',
  });
});

test('--output-file is told on standard error', () => {
  const cwd = folder({ 'a.conf': config });
  const { status, stdout, stderr } = runCli(['--only', 'weak-tls-protocol', '--output-file', 'o.txt', 'a.conf'], {
    cwd,
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toBe('proxylint: 0 errors, 1 warning, 0 infos in 1 file, written to o.txt\n');
});

test('what git ignores is not found in directories, unless it is named or asked for', () => {
  const cwd = folder({
    '.gitignore': '*.bak.conf\n/build/\n',
    'a.conf': config,
    'a.bak.conf': config,
    'build/b.conf': config,
    'sub/.gitignore': '*.conf\n!keep.conf\n',
    'sub/c.conf': config,
    'sub/keep.conf': config,
    'sub/build/d.conf': config,
  });
  const filesOf = (...args: readonly string[]): string[] => {
    const { findings } = JSON.parse(
      runCli(['--format', 'json', '--only', 'weak-tls-protocol', ...args], { cwd: join(cwd, 'sub', '..') }).stdout,
    ) as { findings: { file: string }[] };
    return findings.map(({ file }) => file);
  };
  const all = ['a.bak.conf', 'a.conf', 'build/b.conf', 'sub/build/d.conf', 'sub/c.conf', 'sub/keep.conf'];
  // Without a repository around it, the file says nothing.
  expect(filesOf('.')).toEqual(all);
  mkdirSync(join(cwd, '.git'));
  expect(filesOf('.')).toEqual(['a.conf', 'sub/keep.conf']);
  expect(filesOf('sub')).toEqual(['sub/keep.conf']);
  expect(filesOf('build', 'a.bak.conf')).toEqual(['a.bak.conf', 'build/b.conf']);
  expect(filesOf('--no-gitignore', '.')).toEqual(all);
});

test('completion offers commands, options of the command at hand, and their values', () => {
  const script = runCli(['completion', 'bash']).stdout;
  const words = (...line: readonly string[]): string[] => {
    const set = `COMP_WORDS=(${line.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${line.length - 1}`;
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', `${script}\n${set}; _proxylint; printf '%s\\n' "\${COMPREPLY[@]}"`],
      {
        cwd: folder({}),
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    return stdout.trim().split('\n');
  };
  expect(words('proxylint', 'to')).toEqual(['topology']);
  expect(words('proxylint', 'trace', '--body')).toEqual(['--body-size']);
  expect(words('proxylint', '--body')).toEqual(['']);
  expect(words('proxylint', '--format', 'rd')).toEqual(['rdjson']);
  expect(words('proxylint', 'trace', '--format', 'm')).toEqual(['mermaid']);
  for (const shell of ['zsh', 'fish']) {
    const { status, stdout } = runCli(['completion', shell]);
    expect(status).toBe(0);
    expect(stdout).toContain('topology');
  }
});

test('routes shows the hosts that are asked for, in each format', () => {
  const server = (name: string): string => `server { listen 80; server_name ${name}; return 200; }\n`;
  const cwd = folder({ 'a.conf': server('a.example b.example') + server('c.example') + server('*.d.example') });
  const routes = (...args: readonly string[]): ReturnType<typeof runCli> =>
    runCli(['routes', ...args, 'a.conf'], { cwd });
  for (const format of ['table', 'json', 'mermaid', 'svg'] as const) {
    const { stdout } = routes('--format', format, '--host', 'B.example', '--host', '*.d.*');
    expect(stdout).toContain('a.example');
    expect(stdout).toContain('*.d.example');
    expect(stdout).not.toContain('c.example');
  }
  expect(routes('--host', 'c.exampel')).toMatchObject({
    status: 2,
    stderr: 'proxylint: --host c.exampel: no such virtual host; did you mean "c.example"?\n',
  });
});

test('--report writes a page beside what is printed, with what is left after fixes', () => {
  const cwd = folder({ 'a.conf': config.replace('TLSv1;', 'TLSv1') });
  const { stdout } = runCli(['--format', 'oneline', '--report', 'html=r.html', '--fix', 'a.conf'], { cwd });
  expect(stdout).toContain('[weak-tls-protocol]');
  const page = readFileSync(join(cwd, 'r.html'), 'utf8');
  expect(page).toContain('weak-tls-protocol');
  expect(page).toContain('Effective headers');
  expect(page).not.toContain('missing-semicolon');
});
