import { describe, expect, test } from 'vitest';

import { advisoriesOf, affects } from '../../src/facts/advisories/index.ts';
import { apacheConditions } from '../../src/rules/versions/_conditions/apache.ts';
import { nginxConditions } from '../../src/rules/versions/_conditions/nginx.ts';
import { sslhConditions } from '../../src/rules/versions/_conditions/sslh.ts';
import { compareVersions, parseVersion } from '../../src/model/versions.ts';

const conditions = { nginx: nginxConditions, apache: apacheConditions, sslh: sslhConditions };

describe.each(['nginx', 'apache', 'sslh'] as const)('advisories of %s', (dialect) => {
  const advisories = advisoriesOf(dialect);

  test('each is whole: id, ranges in order, a fix beyond each of them', () => {
    expect(advisories.length).toBeGreaterThan(1);
    for (const { id, severity, affected, fixed } of advisories) {
      expect(id).toMatch(/^CVE-\d{4}-\d{4,6}$/);
      expect(['low', 'medium', 'high']).toContain(severity);
      for (const [from, to] of affected) {
        expect(compareVersions(from, to), id).toBeLessThanOrEqual(0);
        expect(
          fixed.some((fix) => compareVersions(fix, to) > 0),
          id,
        ).toBe(true);
      }
    }
    expect(new Set(advisories.map(({ id }) => id)).size).toBe(advisories.length);
  });

  test('each names a condition that exists, and each condition is in use', () => {
    const names = Object.keys(conditions[dialect].byName);
    const used = new Set(advisories.map(({ condition }) => condition));
    used.delete('always');
    expect([...used].filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name) => !used.has(name))).toEqual([]);
  });
});

test('a fix of an older series counts for that series only', () => {
  const resolver = advisoriesOf('nginx').find(({ id }) => id === 'CVE-2021-23017')!;
  const isAffected = (version: string): boolean => affects(resolver, parseVersion(version)!);
  expect(['1.18.0', '1.20.0', '1.20.1', '1.20.2', '1.21.0', '0.6.17'].map(isAffected)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  const session = advisoriesOf('nginx').find(({ id }) => id === 'CVE-2025-23419')!;
  expect(['1.26.2', '1.26.3', '1.27.3', '1.27.4'].map((version) => affects(session, parseVersion(version)!))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
