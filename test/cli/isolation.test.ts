/** Lints a hostile tree and looks at every file that the program opened. */
import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isWithin } from '../../src/text/paths.ts';
import { folder, runCli } from '../helpers/run-cli.ts';

const program = resolve('dist/cli.cjs');
const marker = 'marker-of-the-test';

/** `tree` is what is linted; everything beside it is foreign. */
function hostileTree(): { outside: string; tree: string } {
  const outside = folder({
    'secret.env': `TOKEN=${marker}\n`,
    'secrets/a.conf': `TOKEN=${marker}\n`,
    'base.json': '{ "rules": {} }',
    'tree/.git/config': `[http]\n\textraheader = ${marker}\n`,
    'tree/password.env': `TOKEN=${marker}\n`,
    'tree/sub/site.conf': 'server { listen 80; }\n',
  });
  const tree = join(outside, 'tree');
  const includes = [
    '../secret.env',
    '../secrets/*.conf',
    `${outside}/secret.env`,
    `${outside}/s*/a.conf`,
    'link.env',
    'linked/*.conf',
    '.git/config',
    'password.env',
    '/proc/self/environ',
    '/proc/*/environ',
    '/etc/passwd',
    '/dev/zero',
    'sub/../../secret.env',
    'sub/*.conf',
  ];
  const http = includes.map((path) => `  include ${path};`).join('\n');
  writeFileSync(join(tree, 'nginx.conf'), `events {}\nhttp {\n${http}\n}\n`);
  const httpd = includes.map((path) => `Include ${path}\nIncludeOptional ${path}`).join('\n');
  writeFileSync(join(tree, 'httpd.conf'), `Listen 80\nServerRoot ${tree}\n${httpd}\n`);
  symlinkSync('../secret.env', join(tree, 'link.env'));
  symlinkSync('../secrets', join(tree, 'linked'));
  symlinkSync('../secrets/a.conf', join(tree, 'sub', 'leading-out.conf'));
  return { outside, tree };
}

const args = ['--type', 'nginx', '--format', 'json'];

test('a hostile tree shows nothing of what lies outside of it', () => {
  const { tree } = hostileTree();
  for (const paths of [['nginx.conf'], ['httpd.conf'], ['.']]) {
    const env = { TOKEN: marker };
    for (const format of ['pretty', 'json', 'sarif', 'github']) {
      const { stdout, stderr } = runCli(['--format', format, ...paths], { cwd: tree, env });
      expect(stdout + stderr).not.toContain(marker);
      expect(stdout).toContain('outside of');
    }
  }
});

test('links that are named, bases and roots of a tree do not lead out of it', () => {
  const { outside, tree } = hostileTree();
  expect(runCli([...args, 'link.env'], { cwd: tree })).toMatchObject({ status: 2, stdout: '' });
  const settings: Record<string, object> = {
    extends: { extends: '../base.json' },
    root: { root: '/' },
    includeRoots: { includeRoots: ['sub', '..'] },
  };
  for (const [key, value] of Object.entries(settings)) {
    writeFileSync(join(tree, 'proxylint.json'), JSON.stringify(value));
    const found = runCli([...args, 'nginx.conf'], { cwd: tree });
    expect(found).toMatchObject({ status: 2, stdout: '' });
    expect(found.stderr).toContain(key);
    expect(found.stderr).toContain('only a config file that --config names');
    expect(runCli([...args, '--config', 'proxylint.json', 'sub/site.conf'], { cwd: tree }).status).toBe(0);
  }
  writeFileSync(join(tree, 'proxylint.json'), '{}');
  const wider = runCli(['--include-root', outside, '--format', 'json', 'nginx.conf'], { cwd: tree });
  expect(wider.stdout).toContain('secret.env\\" is no configuration');
});

const tracing = ['-f', '-qq', '-s', '4096', '-e', 'trace=open,openat,openat2,creat'];
const strace = spawnSync('strace', ['-f', '-qq', '-e', 'trace=open', 'true']).status === 0;
if (!strace) {
  if (process.env['CI']) throw new Error('strace is needed, and may trace nothing here');
  process.stderr.write('SKIPPED: strace is not installed, so that opened files are not looked at\n');
}

test.skipIf(!strace)(
  'every file that is opened lies in the tree or belongs to the program',
  () => {
    const { outside, tree } = hostileTree();
    const runtime = runtimeFiles(outside);
    for (const path of ['nginx.conf', 'httpd.conf', '.']) {
      const log = join(outside, 'trace.log');
      const run = spawnSync('strace', [...tracing, '-o', log, process.execPath, program, path], {
        cwd: tree,
        encoding: 'utf8',
      });
      expect([0, 1]).toContain(run.status);
      const opened = openedIn(readFileSync(log, 'utf8'), tree);
      expect(opened).toContain(join(tree, path === '.' ? 'sub/site.conf' : path));
      const isOwn = (file: string): boolean =>
        (isWithin(tree, file) && !file.includes('/.git/')) || isWithin(dirname(program), file) || runtime.has(file);
      expect(opened.filter((file) => !isOwn(file) && file !== resolve('package.json'))).toEqual([]);
    }
  },
  120_000,
);

/** Paths that were really opened, absolute. */
function openedIn(log: string, cwd: string): string[] {
  const lines = log.matchAll(/(?:open|openat|openat2|creat)\((?:AT_FDCWD, )?"([^"]*)".*\) = \d+/g);
  return [...new Set([...lines].map(([, path]) => resolve(cwd, path!)))];
}

/** What starting node opens, whatever program it runs, and asking for the number of processors, as the library of globs does. */
function runtimeFiles(cwd: string): Set<string> {
  const log = join(cwd, 'runtime.log');
  spawnSync(
    'strace',
    [...tracing, '-o', log, process.execPath, '-e', 'process.stdout.write(""); require("os").cpus()'],
    { cwd },
  );
  return new Set(openedIn(readFileSync(log, 'utf8'), cwd));
}
