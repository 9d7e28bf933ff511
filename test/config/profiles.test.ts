/** Each profile finds all that it is about in `fixtures/profiles/<name>/bad-*`, and nothing in `good.*`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { loadProfile, profileNames, type ProfileName } from '../../src/config/sets.ts';
import { benchmarks, type Benchmark } from '../../src/facts/benchmarks/index.ts';
import { runCli } from '../helpers/run-cli.ts';

interface Found {
  readonly rule: string;
  readonly message: string;
}

const dataDriven = 'setting-outside-benchmark';
/** Without a published weakness that the configs of the fixtures would meet. */
const target = 'nginx=1.99';

function findings(profile: ProfileName, file: string): readonly Found[] {
  const path = join('fixtures/profiles', profile, file);
  const { stdout, stderr } = runCli(['--profile', profile, '--target', target, '--format', 'json', path]);
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { findings: readonly Found[] }).findings;
}

function filesOf(profile: ProfileName, kind: 'good' | 'bad'): string[] {
  return readdirSync(join('fixtures/profiles', profile)).filter((name) => name.startsWith(kind));
}

/** The settings that the profile's options ask to compare. */
async function benchmarkOf(profile: ProfileName): Promise<Benchmark | undefined> {
  const { options = {} } = (await loadProfile(profile)).rules[dataDriven] ?? {};
  const known: Readonly<Record<string, Benchmark>> = { ...benchmarks.nginx, ...benchmarks.apache };
  return Object.keys(options)
    .map((name) => known[name])
    .find((benchmark) => benchmark !== undefined);
}

describe.each(profileNames)('%s', (profile) => {
  test('finds each of its rules and each of its settings violated', async () => {
    const found = filesOf(profile, 'bad').flatMap((file) => findings(profile, file));
    const { rules } = await loadProfile(profile);
    expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(Object.keys(rules)));
    const benchmark = await benchmarkOf(profile);
    const messages = found.filter(({ rule }) => rule === dataDriven).map(({ message }) => message);
    for (const { items, directives, expected } of benchmark?.settings ?? []) {
      const isAbout = (message: string): boolean =>
        message.endsWith(`(${items.join(', ')}) asks for: ${expected}.`) &&
        directives.some((name) => message.includes(`"${name}`) || message.includes(`"<${name}`));
      expect(messages.some(isAbout), `${items[0]} ${directives.join(', ')}`).toBe(true);
    }
  });

  test.each(filesOf(profile, 'good'))('is silent about %s', (file) => {
    expect(findings(profile, file)).toEqual([]);
  });

  test('names the items of its settings', async () => {
    const { items = [] } = (await loadProfile(profile)).rules[dataDriven] ?? {};
    const { settings = [] } = (await benchmarkOf(profile)) ?? {};
    expect(new Set(items)).toEqual(new Set(settings.flatMap((setting) => setting.items)));
  });
});

test('what is opinion or a number of a benchmark stays out of the default set', async () => {
  const { stdout } = runCli(['--format', 'json', 'fixtures/profiles/cis-nginx/bad-unset.nginx.conf']);
  expect((JSON.parse(stdout) as { findings: readonly Found[] }).findings.map(({ rule }) => rule)).not.toContain(
    dataDriven,
  );
});

test('the profiles of two benchmarks go together', () => {
  const both = runCli(
    ['cis-apache', 'stig-apache'].flatMap((name) => ['--profile', name]).concat('--format', 'json', '-'),
    { input: 'KeepAlive Off\nTimeout 60\n' },
  );
  const messages = (JSON.parse(both.stdout) as { findings: readonly Found[] }).findings.map(({ message }) => message);
  expect(messages.filter((message) => message.includes('"KeepAlive Off"'))).toHaveLength(2);
});

test('nothing is said to be missing from a fragment', () => {
  const { stdout } = runCli(['--profile', 'cis-nginx', '--format', 'json', '-'], {
    input: 'server {\n    listen 80;\n    location / {\n        proxy_pass http://127.0.0.1:8080;\n    }\n}\n',
  });
  const found = (JSON.parse(stdout) as { findings: readonly Found[] }).findings;
  expect(found.filter(({ rule }) => rule === dataDriven)).toEqual([]);
});
