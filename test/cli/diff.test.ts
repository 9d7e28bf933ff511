/** `diff` from the command line. */
import { spawnSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  [['diff', '--git', 'HEAD', 'a.conf'], /--git HEAD: no such revision/],
  [['diff', '--git', '--help', 'a.conf'], /no such revision|argument/],
  [['diff', '--format', 'xml', 'a.conf', 'a.conf'], /format/],
])('%j', (args, message) => {
  const { status, stderr } = runCli(args, { cwd: folder({ 'a.conf': site(1), text: 'nothing' }) });
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
});
