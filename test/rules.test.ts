/**
 * The only test of the rules: everything it checks comes from the paths in `fixtures/rules` and the markers in the files.
 * See `helpers/fixtures.ts` for their form.
 */
import { describe, expect, test } from 'vitest';

import type { Finding } from '../src/finding.ts';
import { lintConfig, type ActiveRule } from '../src/linter.ts';
import { rules } from '../src/rules/index.gen.ts';
import type { Rule } from '../src/rules/define-rule.ts';
import { expectationsOf, fixtureFolders, fixturesOf, strayNames, type RuleFixture } from './helpers/fixtures.ts';
import { configOf, fixAll, freezeDeep, lint, type Linted, type TextToLint } from './helpers/lint.ts';

const syntaxRules: readonly ActiveRule[] = rules.filter((rule) => rule.category === 'syntax').map((rule) => ({ rule }));

describe.each(fixtureFolders())('fixtures/rules/%s', (id) => {
  test('belongs to a rule and holds only fixtures', () => {
    expect(rules.map((rule) => rule.id)).toContain(id);
    expect(strayNames(id), 'expected {bad,good}-*.{nginx,apache,sslh}[.fixed].conf or the folder "files"').toEqual([]);
  });
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  const fixtures = fixturesOf(id);

  test.each(
    rule.meta.dialects.flatMap((dialect) => [
      { dialect, kind: 'bad' },
      { dialect, kind: 'good' },
    ]),
  )('has a $kind fixture for $dialect', ({ dialect, kind }) => {
    expect(fixtures.some((fixture) => fixture.dialect === dialect && fixture.kind === kind)).toBe(true);
  });

  test('has no two equal fixtures, and none of a dialect that it does not claim', () => {
    const texts = fixtures.map(({ dialect, text }) => `${dialect}\n${text}`);
    expect(texts.length).toBe(new Set(texts).size);
    for (const { dialect } of fixtures) expect(rule.meta.dialects).toContain(dialect);
  });

  for (const fixture of fixtures) describe(fixture.name, () => checkFixture(rule, fixture));
});

function checkFixture(rule: Rule, fixture: RuleFixture): void {
  const active: readonly ActiveRule[] = [{ rule, options: fixture.settings.options }];
  const beside = rules.filter(({ id }) => fixture.settings.beside.includes(id)).map((each) => ({ rule: each }));
  const input: TextToLint = { ...fixture, ...fixture.settings, withIncludes: true };

  if (fixture.kind === 'good') {
    test('is silent, and has no syntax finding', async () => {
      const config = await configOf(input);
      freezeDeep(config);
      const { findings } = await lintConfig(config, {
        rules: [...active, ...syntaxRules, ...beside],
        targets: fixture.settings.targets,
      });
      expect(findings.map(describeFinding)).toEqual([]);
      expect(config.files.flatMap((file) => file.problems)).toEqual([]);
    });
    return;
  }

  test('is reported where the markers say', async () => {
    const { config, findings: all } = await lint(input, [...active, ...beside]);
    const findings = all.filter((finding) => finding.rule === rule.id);
    const found = findings.map((finding) => `${positionOf(finding)}: ${finding.messageId}`).sort();
    const expected = config.files.flatMap(({ source }) =>
      expectationsOf(source.text).map(({ line, messageId }) => `${source.path}:${line}: ${messageId}`),
    );
    expect(expected, 'a bad fixture has markers').not.toEqual([]);
    expect(found, findings.map(describeFinding).join('\n')).toEqual(expected.sort());
    for (const finding of findings) checkFinding(rule, finding);
  });

  test('is fixed as the fixed file says', async () => {
    const before = await lint(input, [...active, ...beside]);
    if (before.findings.every((finding) => !finding.fix)) return;
    expect(rule.meta.fixable, 'meta.fixable of a rule that offers a fix').toBeDefined();
    const after = await fixAll(input, [...active, ...beside]);
    await expect(after.text).toMatchFileSnapshot(`../${fixture.fixedPath}`);
    expect(after.findings.filter((finding) => finding.fix).map(describeFinding)).toEqual([]);
    expect(after.config.file.problems).toEqual([]);
    expect(await syntaxFindings({ ...input, text: after.text })).toBeLessThanOrEqual(await syntaxFindings(input));
  });
}

async function syntaxFindings(input: TextToLint): Promise<number> {
  const { findings }: Linted = await lint(input, syntaxRules);
  return findings.length;
}

function checkFinding(rule: Rule, finding: Finding): void {
  for (const { place } of [finding, ...finding.related]) {
    expect(place.start).toBeGreaterThanOrEqual(0);
    expect(place.end).toBeGreaterThanOrEqual(place.start);
    expect(place.end).toBeLessThanOrEqual(place.file.text.length);
  }
  const placeholders = Object.values(rule.messages).flatMap((text) => text.match(/\{\{\w+\}\}/g) ?? []);
  for (const text of [finding.message, ...finding.related.map((related) => related.message)]) {
    for (const placeholder of placeholders) expect(text).not.toContain(placeholder);
    expect(text).not.toMatch(/\bundefined\b|\[object /);
  }
}

function positionOf({ place }: Finding): string {
  return `${place.file.path}:${place.file.positionAt(place.start).line}`;
}

function describeFinding(finding: Finding): string {
  return `${positionOf(finding)}: ${finding.rule}/${finding.messageId}: ${finding.message}`;
}
