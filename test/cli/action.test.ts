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

function runAction(cwd: string, inputs: Readonly<Record<string, string>>): { status: number | null; stdout: string } {
  const [step] = action.runs.steps;
  const values = Object.entries(step.env).map(([name, expression]) => {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)![1]!;
    return [name, inputs[input] ?? String(action.inputs[input]!.default)];
  });
  const bin = folder({ proxylint: `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/cli.cjs')}" "$@"\n` });
  chmodSync(join(bin, 'proxylint'), 0o755);
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: cwd,
      GITHUB_EVENT_NAME: 'pull_request',
      ...Object.fromEntries(values),
    },
  });
  return { status, stdout };
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
