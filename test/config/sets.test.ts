import { describe, expect, test } from 'vitest';
import { loadProfile, loadSet, profileNames } from '../../src/config/sets.ts';
import { validateConfig } from '../../src/config/validate.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { folder, runCli } from '../helpers/run-cli.ts';

describe.each(profileNames)('%s', (name) => {
  test('names rules that exist, with options that they have', async () => {
    const { rules: members, title, source } = await loadProfile(name);
    const plain = Object.entries(members).map(([id, { severity, options }]) => [
      id,
      { ...(severity && { severity }), ...(options && { options }) },
    ]);
    expect(() => validateConfig(name, { rules: Object.fromEntries(plain) as object }, rules)).not.toThrow();
    expect(Object.keys(members).length).toBeGreaterThan(2);
    expect(title).toMatch(/^\S.*\S$/);
    expect(new URL(source).protocol).toBe('https:');
  });

  test('names only rules for its server, and never makes a finding milder', async () => {
    const dialect = name.startsWith('cis-') ? name.slice('cis-'.length) : undefined;
    for (const [id, { severity, items }] of Object.entries((await loadProfile(name)).rules)) {
      const { meta } = rules.find((rule) => rule.id === id)!;
      if (dialect !== undefined) expect(meta.dialects, id).toContain(dialect);
      if (dialect !== undefined) expect(items, id).not.toEqual([]);
      if (severity !== undefined) expect(meta.severity, id).not.toBe('error');
    }
  });
});

test('the pedantic set gives rules options that they have', () => {
  const asked = rules.filter(({ meta }) => meta.pedanticOptions);
  expect(asked.length).toBeGreaterThan(2);
  const settings = Object.fromEntries(asked.map(({ id, meta }) => [id, { options: meta.pedanticOptions! }]));
  expect(() => validateConfig('pedantic', { rules: settings }, rules)).not.toThrow();
});

test('a profile passes over rules that are not there', async () => {
  const { document } = await loadSet('cis-nginx', rules.slice(0, 0));
  expect(document.rules).toEqual({});
});

const config =
  'events {}\nhttp {\n    server {\n        listen 443 ssl;\n        ssl_certificate a.pem;\n        ssl_certificate_key a.key;\n        ssl_protocols TLSv1.2 TLSv1.3;\n        root /srv/www;\n    }\n}\n';

function found(args: readonly string[], json?: object): Record<string, string> {
  const cwd = folder({ 'nginx.conf': config, ...(json && { 'proxylint.json': JSON.stringify(json) }) });
  const run = runCli(['--format', 'json', ...args, 'nginx.conf'], { cwd });
  expect(run.stderr).toBe('');
  const { findings } = JSON.parse(run.stdout) as { findings: { rule: string; severity: string; message: string }[] };
  return Object.fromEntries(findings.map(({ rule, severity, message }) => [rule, `${severity}: ${message}`]));
}

test('a profile adds its rules, by extends or by option; the config file wins', () => {
  expect(found([])).not.toHaveProperty('missing-security-headers');
  const extended = found([], { extends: 'cis-nginx' });
  expect(extended['missing-security-headers']).toMatch(/^warning: .*Content-Security-Policy/);
  expect(extended['missing-hsts']).toMatch(/^warning/);
  expect(found(['--profile', 'cis-nginx'])).toEqual(extended);
  const adjusted = found(['--profile', 'cis-nginx'], {
    rules: { 'missing-hsts': 'off', 'missing-security-headers': 'info' },
  });
  expect(adjusted).not.toHaveProperty('missing-hsts');
  expect(adjusted['missing-security-headers']).toMatch(/^info: .*Content-Security-Policy/);
});

test('mozilla profiles differ; several can be named', () => {
  const old = ['--profile', 'mozilla-intermediate'];
  expect(found(old)).not.toEqual(found(['--profile', 'mozilla-modern']));
  const both = Object.keys(found([...old, '--profile', 'cis-nginx']));
  expect(both).toEqual(expect.arrayContaining(Object.keys(found(['--profile', 'cis-nginx']))));
  expect(found(['--profile', 'pedantic'])).toHaveProperty('missing-hsts');
});

test('an unknown profile is refused', () => {
  const run = runCli(['--profile', 'cis-caddy', 'nginx.conf']);
  expect(run.status).toBe(2);
  expect(run.stderr).toMatch(/cis-caddy.*cis-nginx/);
});
