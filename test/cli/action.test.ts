/** Runs the step of the GitHub Action as the runner does: its script in bash, its inputs in the environment. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { folder } from '../helpers/run-cli.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly [{ readonly run: string; readonly env: Readonly<Record<string, string>> }];
  };
}

const action = parse(readFileSync('action.yml', 'utf8')) as Action;

function runAction(
  cwd: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): { status: number | null; stdout: string; stderr: string } {
  const [step] = action.runs.steps;
  const values = Object.entries(step.env).map(([name, expression]) => {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)![1]!;
    return [name, inputs[input] ?? String(action.inputs[input]!.default)];
  });
  const bin = folder({ proxylint: `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/cli.cjs')}" "$@"\n` });
  chmodSync(join(bin, 'proxylint'), 0o755);
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run],
    {
      cwd,
      encoding: 'utf8',
      env: {
        PATH: `${bin}${delimiter}${process.env['PATH']}`,
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: cwd,
        GITHUB_EVENT_NAME: 'pull_request',
        ...Object.fromEntries(values),
        ...env,
      },
    },
  );
  return { status, stdout, stderr };
}

test('annotates the findings of the default paths', () => {
  const cwd = folder({ 'conf/a.conf': 'server {\n    listen 80;\n' });
  const { status, stdout } = runAction(cwd, { version: 'local' });
  expect(status).toBe(1);
  expect(stdout).toContain(
    '::error file=conf/a.conf,line=1,endLine=1,col=1,endColumn=8,title=proxylint%3A unclosed-block::',
  );
});

test('passes paths, severity, config and format on, and runs nothing in them', () => {
  const cwd = folder({
    'a.conf': 'server {\n    listen 80;\n',
    'b.conf': 'server {\n    listen 80;\n}\n',
    'c.json': '{"rules":{"unclosed-block":"info"}}',
  });
  const inputs = { version: 'local', paths: 'a.conf\nb.conf', 'fail-on': 'error', config: 'c.json', format: 'json' };
  const { status, stdout } = runAction(cwd, inputs);
  expect(status).toBe(0);
  expect((JSON.parse(stdout) as { summary: object }).summary).toMatchObject({ files: 2, errors: 0 });
  expect(runAction(cwd, { version: 'local', paths: '$(touch hacked) a.conf' }).status).toBe(2);
  expect(runAction(cwd, { version: 'local', paths: 'hacked' }).status).toBe(2);
});

test('keeps out the config file and the plugins of an untrusted tree', () => {
  const cwd = folder({
    'proxylint.json': '{"plugins":["./p.cjs"],"rules":{"unclosed-block":"off"}}',
    'p.cjs': "require('node:fs').writeFileSync('hacked', '');",
    'a.conf': 'server {\n    listen 80;\n# proxylint-ignore-file unclosed-block: so\n',
  });
  const inputs = { version: 'local', config: 'none', plugins: 'false', suppressions: 'false' };
  const { status, stdout } = runAction(cwd, inputs);
  expect(status).toBe(1);
  expect(stdout).toContain('unclosed-block');
  expect(runAction(cwd, { version: 'local', plugins: 'false' }).status).toBe(2);
  expect(existsSync(join(cwd, 'hacked'))).toBe(false);
});

const weak = 'events {}\nhttp {\n    server {\n        listen 80;\n        ssl_protocols TLSv1;\n    }\n}\n';

test('runs its own checkout where no version is asked for, and names files as seen from the repository', () => {
  // Without it the action would install this checkout anew, below the tests that run beside this one.
  expect(existsSync('dist/cli.cjs')).toBe(true);
  const cwd = folder({ '.git/HEAD': '', 'deploy/nginx.conf': weak });
  const { status, stdout } = runAction(cwd, { 'working-directory': 'deploy' }, { GITHUB_ACTION_PATH: resolve('.') });
  expect(status).toBe(1);
  expect(stdout).toContain('::warning file=deploy/nginx.conf,line=5,');
});

test('builds its own checkout first, where that is new', () => {
  const cwd = folder({ 'a.conf': 'server {\n    listen 80;\n' });
  const checkout = folder({});
  const script = `#!/bin/sh\n[ "$1 $2" = 'ci --prefix' ] && ln -s '${resolve('dist')}' "$3/dist"\n`;
  const bin = folder({ npm: script });
  chmodSync(join(bin, 'npm'), 0o755);
  const PATH = `${bin}${delimiter}${process.env['PATH']}`;
  const { status, stdout } = runAction(cwd, {}, { GITHUB_ACTION_PATH: checkout, PATH });
  expect(status).toBe(1);
  expect(stdout).toContain('::error file=a.conf,line=1,');
  expect(existsSync(join(checkout, 'dist'))).toBe(true);
});

test('writes a summary of the job and a file by its name, in one run, and passes further inputs on', () => {
  const cwd = folder({ '.git/HEAD': '', 'deploy/nginx.conf': weak, summary: 'before\n' });
  const inputs = {
    version: 'local',
    'working-directory': 'deploy',
    'output-file': 'findings.sarif',
    profile: 'pedantic cis-nginx',
    target: 'nginx=1.22',
    args: '--only weak-tls-protocol --max-warnings 3',
  };
  const { status, stdout } = runAction(cwd, inputs, { GITHUB_STEP_SUMMARY: join(cwd, 'summary') });
  expect({ status, stdout }).toMatchObject({ status: 0 });
  expect(stdout.match(/^::warning /gm)).toHaveLength(1);
  const summary = readFileSync(join(cwd, 'summary'), 'utf8');
  expect(summary).toMatch(/^before\n### proxylint\n/);
  expect(summary).toContain('`nginx.conf`');
  const log = JSON.parse(readFileSync(join(cwd, 'deploy/findings.sarif'), 'utf8')) as object;
  const uri = 'deploy/nginx.conf';
  expect(log).toMatchObject({
    runs: [{ results: [{ locations: [{ physicalLocation: { artifactLocation: { uri } } }] }] }],
  });
  const { status: wrong, stderr } = runAction(cwd, { version: 'local', 'output-file': 'findings.txt' });
  expect(wrong).toBe(2);
  expect(stderr).toContain('output-file: expected a name that ends in .sarif');
});
