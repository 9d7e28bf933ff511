import { expect, test } from 'vitest';
import { folder, runCli } from '../helpers/run-cli.ts';
import { manySites } from '../helpers/many-sites.ts';

type Timings = {
  total: number;
  phases: { phase: string; milliseconds: number }[];
  rules: { rule: string; milliseconds: number; calls: number }[];
};

const files = {
  'nginx.conf': manySites(40),
  'proxylint.json': '{"topology":{"machines":[{"name":"a","files":["nginx.conf"]}]}}',
};

test('--timings tells phases and rules, which are no more than all', () => {
  const cwd = folder(files);
  const { stdout } = runCli(['--timings', '--format', 'json', '.'], { cwd });
  const { timings } = JSON.parse(stdout) as { timings: Timings };
  const of = (phase: string): number => timings.phases.find((each) => each.phase === phase)?.milliseconds ?? 0;
  for (const phase of ['start', 'find files', 'read', 'rules', 'model']) expect(of(phase), phase).toBeGreaterThan(0);
  const sum = timings.phases.reduce((all, { milliseconds }) => all + milliseconds, 0);
  expect(sum).toBeLessThanOrEqual(timings.total);
  expect(timings.rules.length).toBeGreaterThan(50);
  expect(timings.rules.reduce((all, { milliseconds }) => all + milliseconds, 0)).toBeLessThanOrEqual(of('rules'));
  const costs = timings.rules.map(({ milliseconds }) => milliseconds);
  expect(costs).toEqual([...costs].sort((a, b) => b - a));
  expect(timings.rules.find(({ rule }) => rule === 'missing-host-header')!.calls).toBeGreaterThan(40);
});

test('elsewhere they are on standard error, and change nothing else', () => {
  const cwd = folder(files);
  for (const options of [['--format', 'oneline'], ['--fix-dry-run'], ['--statistics']]) {
    const [plain, timed] = [runCli([...options, '.'], { cwd }), runCli([...options, '--timings', '.'], { cwd })];
    expect(timed.stdout).toBe(plain.stdout);
    expect(timed.status).toBe(plain.status);
    expect(timed.stderr).toMatch(/^phase +ms +%\n(?:.*\n)*all +[\d.]+ +100\.0\n\nrule +ms +%\n/m);
    expect(plain.stderr).not.toMatch(/^phase/m);
  }
});
