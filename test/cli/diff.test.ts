/** `diff` from the command line. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folder, runCli } from '../helpers/run-cli.ts';

const site = (port: number, more = ''): string =>
  `server {\n  listen 8080;\n  server_name a.example;\n  location / {\n    ${more}proxy_pass http://127.0.0.1:${port};\n  }\n}\n`;
const main = 'events {}\nhttp {\n  include sites/*.conf;\n}\n';
const deny = 'allow 10.0.0.0/8; deny all; ';

function commit(cwd: string): void {
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...who, 'commit', '-qm', 'x'],
  ])
    expect(spawnSync('git', args, { cwd, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
}

const kindsIn = (stdout: string): string[] => {
  const { configs } = JSON.parse(stdout) as { configs: { statements: { kind: string }[] }[] };
  return configs.flatMap(({ statements }) => statements.map(({ kind }) => kind));
};

test('two directories: where access opened, the requests that show it, and the exit status', () => {
  const cwd = folder({
    'old/nginx.conf': main,
    'old/sites/a.conf': site(1, deny),
    'new/nginx.conf': main,
    'new/sites/b.conf': site(1),
  });
  const { status, stdout } = runCli(['diff', 'old', 'new'], { cwd });
  expect(status).toBe(1);
  expect(stdout).toContain(
    'error   access opened  http://a.example:8080/**: was denied (403) for clients such as 198.51.100.77',
  );
  expect(stdout).toContain('new/sites/b.conf:4');
  expect(stdout).toContain('GET http://a.example:8080/ from 198.51.100.77');
  expect(stdout).toContain('samples inside regular expressions');
  expect(runCli(['diff', '--fail-on', 'never', 'old', 'new'], { cwd }).status).toBe(0);
});

test('a piece that moved to another file, with or without a main config, is no change', () => {
  const cwd = folder({
    'old/nginx.conf': main,
    'old/sites/a.conf': site(1),
    'new/nginx.conf': main,
    'new/sites/z.conf': `# moved\n${site(1)}`,
    'a/one.conf': site(1),
    'a/two.conf': site(2).replace('a.example', 'b.example'),
    'b/both.conf': `${site(1)}${site(2).replace('a.example', 'b.example')}`,
  });
  for (const [old, now] of [
    ['old', 'new'],
    ['a', 'b'],
  ]) {
    const { status, stdout } = runCli(['diff', old!, now!], { cwd });
    expect(stdout).toMatch(/No request is answered otherwise\.\n$/);
    expect(status).toBe(0);
  }
});

test('against a revision, whose includes are those of the revision', () => {
  const cwd = folder({ 'etc/nginx.conf': main, 'etc/sites/a.conf': site(1, deny) });
  commit(cwd);
  expect(runCli(['diff', '--git', 'HEAD'], { cwd })).toMatchObject({ status: 0 });
  renameSync(join(cwd, 'etc/sites/a.conf'), join(cwd, 'etc/sites/b.conf'));
  expect(runCli(['diff', '--git', 'HEAD', 'etc'], { cwd })).toMatchObject({ status: 0 });
  writeFileSync(join(cwd, 'etc/sites/b.conf'), site(2));
  const { status, stdout } = runCli(['diff', '--git', 'HEAD', '--format', 'json', 'etc/nginx.conf'], { cwd });
  expect(status).toBe(1);
  expect(kindsIn(stdout)).toEqual(['access-opened', 'target']);
  writeFileSync(join(cwd, 'etc/sites/b.conf'), 'server { listen 8080; broken');
  const broken = runCli(['diff', '--git', 'HEAD', '--format', 'json', 'etc'], { cwd });
  expect(kindsIn(broken.stdout)[0]).toBe('refused-by-server');
});

test('a config that is no longer there', () => {
  const cwd = folder({ 'a.conf': site(1, deny) });
  commit(cwd);
  rmSync(join(cwd, 'a.conf'));
  const { status, stdout } = runCli(['diff', '--git', 'HEAD', '--format', 'json', 'a.conf'], { cwd });
  expect(kindsIn(stdout)).toEqual(['listener-gone']);
  expect(status).toBe(1);
});

test('as Markdown and as annotations', () => {
  const cwd = folder({ 'old.conf': site(1, deny), 'new.conf': site(1) });
  const markdown = runCli(['diff', '--format', 'markdown', 'old.conf', 'new.conf'], { cwd }).stdout;
  expect(markdown).toContain('### proxylint: which requests are answered otherwise');
  expect(markdown).toContain('| error | **access opened** ');
  const github = runCli(['diff', '--format', 'github', 'old.conf', 'new.conf'], { cwd }).stdout;
  expect(github).toMatch(/^::error file=new\.conf,line=4,title=proxylint%3A access opened::http:/);
});

test.each([
  [['diff', 'a.conf'], /name the old file or directory and the new one/],
  [['diff', 'a.conf', 'none.conf'], /none\.conf: no such file/],
  [['diff', 'text', 'text'], /no nginx, httpd or sslh config found/],
  [['diff', '--git', 'HEAD', 'a.conf'], /--git HEAD: git says: not a git repository/],
  [['diff', '--git', '--help', 'a.conf'], /not a git repository|argument/],
  [['diff', '--format', 'xml', 'a.conf', 'a.conf'], /format/],
])('%j', (args, message) => {
  const { status, stderr } = runCli(args, { cwd: folder({ 'a.conf': site(1), text: 'nothing' }) });
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
});

test('what git tracks is there, whatever .gitignore says of it', () => {
  const cwd = folder({ 'conf/a.conf': site(1), 'local/b.conf': site(2) });
  commit(cwd);
  writeFileSync(join(cwd, '.gitignore'), '/local/\nother.conf\n');
  writeFileSync(join(cwd, 'other.conf'), site(3));
  const { status, stdout } = runCli(['diff', '--git', 'HEAD', '--format', 'json'], { cwd });
  expect(kindsIn(stdout)).toEqual([]);
  expect(status).toBe(0);
});

test('what goes wrong with git, and with the folder for the revision', () => {
  const cwd = folder({ 'a.conf': site(1) });
  commit(cwd);
  const said = (args: readonly string[], env: NodeJS.ProcessEnv = {}): string => {
    const { status, stderr } = runCli(['diff', ...args, 'a.conf'], { cwd, env });
    expect(status).toBe(2);
    return stderr;
  };
  expect(said(['--git', 'nothing'])).toBe('proxylint: --git nothing: no such revision in this repository\n');
  expect(said(['--git', 'HEAD'], { PATH: '/nowhere' })).toContain('git cannot be run: it is not installed');
  expect(said(['--git', 'HEAD'], { TMPDIR: '/nowhere' })).toMatch(
    /^proxylint: --git HEAD: no temporary folder \/nowhere\/proxylint-\.\.\.: no such file or directory\n$/,
  );
});

test('a run that is stopped leaves no folder behind', async () => {
  const hosts = Array.from({ length: 400 }, (_, at) => site(1).replace('a.example', `h${at}.example`));
  const cwd = folder({ 'a.conf': hosts.join(''), 'temporary/empty': '' });
  commit(cwd);
  const temporary = join(cwd, 'temporary');
  writeFileSync(join(cwd, 'a.conf'), hosts.join('').replaceAll(':1;', ':2;'));
  const args = [resolve('dist/cli.cjs'), 'diff', '--git', 'HEAD', 'a.conf'];
  const run = spawn(process.execPath, args, { cwd, env: { ...process.env, TMPDIR: temporary }, stdio: 'ignore' });
  const ended = new Promise((end) => run.once('exit', (code, signal) => end(signal ?? code)));
  const folders = (): readonly string[] => readdirSync(temporary).filter((name) => name.startsWith('proxylint-'));
  while (folders().length === 0 && run.exitCode === null) await new Promise((wake) => setTimeout(wake, 5));
  expect(run.exitCode).toBeNull();
  run.kill('SIGINT');
  expect(await ended).toBe('SIGINT');
  expect(folders()).toEqual([]);
});

test('blocks of a document are those of the same content or heading, wherever they stand', () => {
  const block = (title: string, text: string): string => `## ${title}\n\n\`\`\`nginx\n${text}\`\`\`\n\n`;
  const [a, b, c] = ['a', 'b', 'c'].map((name) => site(1).replace('a.example', `${name}.example`));
  const cwd = folder({
    'old.md': block('One', a!) + block('Two', b!),
    'new.md': block('Zero', c!) + block('Two', b!.replace(':1;', ':2;')) + block('One', a!),
  });
  const { stdout } = runCli(['diff', '--format', 'json', 'old.md', 'new.md'], { cwd });
  const { configs } = JSON.parse(stdout) as { configs: { statements: { kind: string; subjects: string[] }[] }[] };
  const said = configs.map(({ statements }) => statements.map(({ kind, subjects }) => `${kind} ${subjects.join()}`));
  expect(said).toEqual([['listener-new the listener *:8080'], ['target http://b.example:8080/**'], []]);
});

test('a comment of a shell in a fence of a document is no heading', () => {
  const block = (comment: string, backend: number): string =>
    `# Site\n\n\`\`\`sh\n# ${comment}\n\`\`\`\n\n\`\`\`nginx\n${site(backend)}\`\`\`\n\n# Other\n\n\`\`\`nginx\n${site(7)}\`\`\`\n`;
  const cwd = folder({ 'old.md': block('install', 1), 'new.md': block('install it', 2) });
  const { stdout } = runCli(['diff', '--format', 'json', 'old.md', 'new.md'], { cwd });
  const { configs } = JSON.parse(stdout) as { configs: { statements: { kind: string }[] }[] };
  expect(configs.map(({ statements }) => statements.map(({ kind }) => kind))).toEqual([['target'], []]);
});

test('tags of templates are told as they are written, and what was not read is named', () => {
  const cwd = folder({
    'old.conf.j2': site(1).replace('http://127.0.0.1:1', '{{ old_backend }}'),
    'new.conf.j2': site(1).replace('http://127.0.0.1:1', '{{ new_backend }}'),
    'a.conf': `events {}\nhttp { include missing.conf; ${site(1)} }\n`,
    'b.conf': `events {}\nhttp { include missing.conf; ${site(2)} }\n`,
  });
  const { stdout } = runCli(['diff', 'old.conf.j2', 'new.conf.j2'], { cwd });
  expect(stdout).toContain('{{ old_backend }}');
  expect(stdout).toContain('{{ new_backend }} now');
  expect(runCli(['diff', 'a.conf', 'b.conf'], { cwd }).stdout).toContain(
    'Of the old config not all is compared: The include "missing.conf" was not read.',
  );
});
