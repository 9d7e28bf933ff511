import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, runCli } from '../helpers/run-cli.ts';

const bad = 'server {\n    listen 80;\n';
const good = 'server {\n    listen 80;\n    server_name example.com;\n    root /srv/www;\n}\n';

interface Json {
  readonly summary: { readonly files: number; readonly errors: number };
  readonly findings: readonly {
    readonly rule: string;
    readonly file: string;
    readonly line: number;
    readonly severity: string;
  }[];
}

function json(args: readonly string[], cwd?: string): Json {
  return JSON.parse(runCli(['--format', 'json', ...args], cwd === undefined ? {} : { cwd }).stdout) as Json;
}

test('exit status 0 without findings, 1 with', () => {
  const cwd = folder({ 'good.conf': good, 'bad.conf': bad });
  expect(runCli(['good.conf'], { cwd })).toMatchObject({ status: 0, stdout: 'No findings in 1 file.\n', stderr: '' });
  expect(runCli(['bad.conf'], { cwd })).toMatchObject({ status: 1, stderr: '' });
});

test('--fail-on decides from which severity on the status is 1', () => {
  const cwd = folder({ 'bad.conf': bad });
  expect(runCli(['--fail-on', 'never', 'bad.conf'], { cwd }).status).toBe(0);
  const asInfo = ['--only', 'unclosed-block', '--rule', 'unclosed-block=info', 'bad.conf'];
  expect(runCli(asInfo, { cwd }).status).toBe(0);
  expect(runCli(['--fail-on', 'info', ...asInfo], { cwd }).status).toBe(1);
});

test('a path that is missing or no config leaves the others linted, with status 2', () => {
  const cwd = folder({ 'bad.conf': bad, 'notes.conf': 'Buy milk.\n' });
  const args = ['missing.conf', 'notes.conf', 'bad.conf'];
  const run = runCli(['--format', 'json', ...args], { cwd });
  expect(run.status).toBe(2);
  expect(run.stderr).toBe('');
  const { findings, notices, summary } = JSON.parse(run.stdout) as {
    findings: { file: string }[];
    notices: { kind: string; path: string; message: string }[];
    summary: { notLinted: number };
  };
  expect(new Set(findings.map(({ file }) => file))).toEqual(new Set(['bad.conf']));
  expect(summary.notLinted).toBe(2);
  expect(notices).toEqual([
    { kind: 'unusable', path: 'missing.conf', message: 'missing.conf: no such file or directory.' },
    {
      kind: 'unusable',
      path: 'notes.conf',
      message:
        '"notes.conf" was not linted: it is not an nginx, Apache or sslh config (use --type to name the dialect).',
    },
  ]);
  const ignoring = runCli(['--ignore-unknown', 'notes.conf', 'bad.conf'], { cwd });
  expect(ignoring.status).toBe(1);
  expect(runCli(['missing.conf', 'notes.conf'], { cwd }).stdout).toBe('');
});

test.each([
  [['--formt', 'json'], "unknown option '--formt' (Did you mean --format?)"],
  [['--format', 'xml', 'a.conf'], "argument 'xml' is invalid"],
  [['missing.conf'], 'missing.conf: no such file or directory'],
  [['*.nothing'], '*.nothing: no file matches'],
  [['notes.conf'], 'notes.conf: not an nginx, Apache or sslh config (use --type to name the dialect)'],
  [['empty'], 'no nginx, Apache or sslh config found'],
  [['/dev/null'], '/dev/null: not a regular file or directory'],
  [['--target', 'nginx=new', 'a.conf'], '--target nginx=new: expected nginx=VERSION'],
  [['--target', 'caddy=2', 'a.conf'], '--target caddy=2: expected'],
  [['--rule', 'unclosed-block=loud', 'a.conf'], '--rule unclosed-block=loud: expected RULE=error'],
  [['--skip', 'unclosed-blok', 'a.conf'], 'no rule "unclosed-blok"; did you mean "unclosed-block"?'],
  [['--config', 'none.json', 'a.conf'], 'none.json: no such file'],
  [['--output-file', 'none/out.txt', 'a.conf'], '--output-file none/out.txt: no such file or directory'],
  [['explain', 'nothing-near'], 'no rule "nothing-near"'],
])('%j is refused with one line and status 2', (args, message) => {
  const cwd = folder({
    'a.conf': good,
    'notes.conf': 'Buy milk.\n',
    'empty/x.py': 'x = 1\n',
  });
  const run = runCli(args, { cwd });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain(message);
  expect(run.stderr.trim().split('\n').at(-1)).toMatch(/^proxylint: /);
  expect(run.stderr).not.toMatch(/^\s+at /m);
});

test('the blocks of a document need not be configs', () => {
  expect(runCli(['prose.md'], { cwd: folder({ 'prose.md': '# Title\n\n```sh\nls\n```\n' }) })).toMatchObject({
    status: 0,
    stderr: 'proxylint: skipped, not an nginx, Apache or sslh config: prose.md\n',
  });
});

test.skipIf(process.getuid?.() === 0)('an unreadable file is named', () => {
  const cwd = folder({ 'secret.conf': good });
  chmodSync(join(cwd, 'secret.conf'), 0);
  expect(runCli(['secret.conf'], { cwd })).toMatchObject({
    status: 2,
    stderr: 'proxylint: secret.conf: permission denied\n',
  });
});

test('a directory is searched by content; what is no config is said in one line', () => {
  const cwd = folder({
    'etc/site': bad,
    'etc/run.sh': 'set -e\nreload nginx\n',
    'etc/x.bin': 'server {\0',
    'etc/deep/.htaccess': 'Options -Indexes\n',
  });
  const run = runCli(['--format', 'json', 'etc'], { cwd });
  expect((JSON.parse(run.stdout) as Json).summary.files).toBe(2);
  expect(run.stderr).toBe('proxylint: skipped, not an nginx, Apache or sslh config: etc/run.sh\n');
});

test('what a main config includes is not linted once more by itself', () => {
  const cwd = folder({
    'nginx/nginx.conf': 'events {}\nhttp {\n    include sites-enabled/*;\n}\n',
    'nginx/sites-available/a': bad,
    'nginx/conf.d/unused.conf': good,
  });
  execFileSync('mkdir', [join(cwd, 'nginx/sites-enabled')]);
  symlinkSync('../sites-available/a', join(cwd, 'nginx/sites-enabled/a'));
  const { summary, findings } = json(['--only', 'unclosed-block', 'nginx'], cwd);
  expect(summary.files).toBe(3);
  expect(findings.map(({ file, line }) => [file, line])).toEqual([['nginx/sites-enabled/a', 1]]);
});

test('symbolic link loops and FIFOs in a directory and in includes are survived', () => {
  const cwd = folder({
    'nginx.conf': 'events {}\nhttp {\n    include pipe;\n    include loop/*.conf;\n    include loop/x.conf;\n}\n',
  });
  symlinkSync('.', join(cwd, 'here'));
  symlinkSync('loop', join(cwd, 'loop'));
  execFileSync('mkfifo', [join(cwd, 'pipe')]);
  expect([0, 1]).toContain(runCli(['.'], { cwd }).status);
  expect(runCli(['pipe'], { cwd })).toMatchObject({
    status: 2,
    stderr: 'proxylint: pipe: not a regular file or directory\n',
  });
});

test('globs, standard input and its name', () => {
  const cwd = folder({ 'a/one.conf': bad, 'b/two.conf': good });
  expect(json(['*/*.conf'], cwd).summary.files).toBe(2);
  const run = runCli(['--format', 'json', '--stdin-filename', 'x.conf', '-'], { input: bad });
  expect((JSON.parse(run.stdout) as Json).findings[0]).toMatchObject({
    rule: 'unclosed-block',
    file: 'x.conf',
    line: 1,
  });
});

test('blocks of a document are linted at the lines of the document', () => {
  const cwd = folder({
    'guide.md': `# Setup\n\n~~~shell\nsudo nginx -t\n~~~\n\n- then\n\n  \`\`\`bash\n${bad}  \`\`\`\n`,
  });
  const { findings } = json(['--only', 'unclosed-block', 'guide.md'], cwd);
  expect(findings.map(({ file, line }) => [file, line])).toEqual([['guide.md', 10]]);
});

test('--ignore-unknown, as pre-commit uses it, skips named files that are no config', () => {
  const cwd = folder({ 'logging.conf': '[loggers]\nkeys=root\n' });
  expect(runCli(['--ignore-unknown', 'logging.conf'], { cwd }).status).toBe(0);
});

test('--quiet leaves errors, --output-file takes the output', () => {
  const cwd = folder({ 'bad.conf': bad });
  const run = runCli(
    ['--quiet', '--rule', 'unclosed-block=info', '--only', 'unclosed-block', '--output-file', 'out.txt', 'bad.conf'],
    { cwd },
  );
  expect(run.stdout).toBe('');
  expect(readFileSync(join(cwd, 'out.txt'), 'utf8')).not.toContain('never closed');
});

test('color by option and environment', () => {
  const cwd = folder({ 'bad.conf': bad });
  const colored = (args: string[], env: NodeJS.ProcessEnv): boolean =>
    runCli([...args, 'bad.conf'], { cwd, env }).stdout.includes('\u001B[');
  expect(colored([], {})).toBe(false);
  expect(colored(['--color'], {})).toBe(true);
  expect(colored([], { FORCE_COLOR: '1' })).toBe(true);
  expect(colored([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  expect(colored(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
});

test('rules, explain, --version and --help', () => {
  expect(runCli(['rules']).stdout).toMatch(/^unclosed-block +error +nginx, sslh: /m);
  expect(runCli(['explain', 'unclosed-block']).stdout).toMatch(/^unclosed-block: .*\n[^]*Why: /);
  expect(runCli(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(runCli(['--help'])).toMatchObject({ status: 0, stderr: '' });
});
