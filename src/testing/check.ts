/**
 * The checks of a rule's fixtures. Everything that is checked comes from the paths in the folder and the markers in the
 * files, see `fixtures.ts` for their form.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import type { Finding } from '../rules/finding.ts';
import { formatPretty } from '../formatters/pretty.ts';
import { locate, sortFindings } from '../formatters/report.ts';
import { lintConfig } from '../lint/run.ts';
import type { ActiveRule } from '../lint/plan.ts';
import { rules } from '../rules/index.gen.ts';
import type { Rule } from '../rules/define-rule.ts';
import { groupBy } from '../text/group-by.ts';
import type { SourceFile } from '../text/source.ts';
import { fixturesIn, strayNames, type RuleFixture } from './fixtures.ts';
import { hasMarkers, withMarkers } from './markers.ts';
import {
  type Linted,
  type TextToLint,
  configOf,
  fixAll,
  freezeDeep,
  lint,
  refuseFailures,
  topologyOf,
} from './lint.ts';

export interface Check {
  readonly name: string;
  readonly run: () => void | Promise<void>;
}

/** Compares a text with the file that holds the expected one. */
export type CompareText = (text: string, path: string) => void | Promise<void>;

const syntaxRules: readonly ActiveRule[] = rules.filter((rule) => rule.category === 'syntax').map((rule) => ({ rule }));

/** The checks of a rule with the fixtures in a folder. They throw where something is not as it should be. */
export function checksOf(rule: Rule, folder: string, compare: CompareText = compareFile): Check[] {
  const fixtures = existsSync(folder) ? fixturesIn(folder) : [];
  const { dialects } = rule.meta;
  const kinds = dialects.flatMap((dialect) => (['bad', 'good'] as const).map((kind) => ({ dialect, kind })));
  return [
    {
      name: 'the folder holds only fixtures',
      run: () => {
        const stray = existsSync(folder) ? strayNames(folder) : [];
        assert.deepEqual(stray, [], 'expected {bad,good}-*.{nginx,apache,sslh}[.fixed].conf or the folder "files"');
      },
    },
    ...kinds.map(({ dialect, kind }) => ({
      name: `has a ${kind} fixture for ${dialect}`,
      run: () => assert.ok(fixtures.some((fixture) => fixture.dialect === dialect && fixture.kind === kind)),
    })),
    {
      name: 'has no two equal fixtures, and none of a dialect that it does not claim',
      run: () => {
        const texts = fixtures.map(({ dialect, text }) => `${dialect}\n${text}`);
        assert.equal(texts.length, new Set(texts).size);
        for (const { dialect, name } of fixtures) assert.ok(dialects.includes(dialect), name);
      },
    },
    ...fixtures.flatMap((fixture) => checksOfFixture(rule, fixture, compare)),
  ];
}

function checksOfFixture(rule: Rule, fixture: RuleFixture, compare: CompareText): Check[] {
  const { name } = fixture;
  const { active, input } = runOf(rule, fixture);
  if (fixture.kind === 'good') {
    return [{ name: `${name} is silent, and has no syntax finding`, run: () => checkSilence(input, active) }];
  }
  return [
    { name: `${name} is reported where the markers say`, run: () => checkMarkers(rule, input, active, compare) },
    {
      name: `${name} is fixed as the fixed file says`,
      run: () => checkFixed(rule, input, active, (text) => compare(text, fixture.fixedPath)),
    },
  ];
}

/** What a fixture is linted with. */
function runOf(rule: Rule, fixture: RuleFixture): { active: readonly ActiveRule[]; input: TextToLint } {
  const { settings } = fixture;
  const beside = rules.filter(({ id }) => settings.beside.includes(id)).map((each) => ({ rule: each }));
  return {
    active: [{ rule, options: settings.options }, ...beside],
    input: { ...fixture, ...settings, withIncludes: true },
  };
}

/** What the command line prints of the bad fixtures in a folder, without the summary. */
export async function renderBadFixtures(rule: Rule, folder: string): Promise<string> {
  const findings: Finding[] = [];
  for (const fixture of fixturesIn(folder).filter(({ kind }) => kind === 'bad')) {
    const { active, input } = runOf(rule, fixture);
    const linted = await lint(input, active);
    findings.push(...linted.findings.filter((finding) => finding.rule === rule.id));
  }
  const nothing = { version: '', files: 0, suppressed: 0, partial: [], rules: [] };
  const texts: string[] = [];
  // Each by itself, since a run tells a reason once.
  for (const found of groupBy(sortFindings(findings), ({ place }) => locate(place).file).values()) {
    const text = await formatPretty({ ...nothing, findings: found }, { color: false });
    texts.push(text.replace(/\n[^\n]*\n$/, '\n'));
  }
  return texts.join('');
}

async function checkSilence(input: TextToLint, active: readonly ActiveRule[]): Promise<void> {
  const config = await configOf(input);
  freezeDeep(config);
  const topology = await topologyOf(config, input);
  const rules = [...active, ...syntaxRules];
  const outcome = await lintConfig(config, { rules, targets: input.targets ?? {}, ...(topology && { topology }) });
  refuseFailures(outcome.failures);
  const { findings } = outcome;
  assert.deepEqual(findings.map(describeFinding), []);
  assert.deepEqual(
    config.files.flatMap((file) => file.problems),
    [],
  );
}

/** A file whose markers say what is found is equal to itself with the markers written anew. */
async function checkMarkers(
  rule: Rule,
  input: TextToLint,
  active: readonly ActiveRule[],
  compare: CompareText,
): Promise<void> {
  const { config, findings: all } = await lint(input, active);
  const findings = all.filter((finding) => finding.rule === rule.id);
  assert.ok(findings.length > 0, 'something is found in a bad fixture');
  for (const finding of findings) checkFinding(rule, finding);
  for (const source of new Map(config.files.map((file) => [file.source.path, file.source])).values()) {
    const isConcerned = hasMarkers(source.text) || findings.some(({ place }) => place.file.path === source.path);
    if (isConcerned) await compare(markedAnew(rule, { config, findings }, source), source.path);
  }
}

function markedAnew(rule: Rule, { findings }: Linted, source: SourceFile): string {
  const own = findings.filter((finding) => finding.rule === rule.id && finding.place.file.path === source.path);
  return withMarkers(source, own, rule.meta);
}

async function checkFixed(
  rule: Rule,
  input: TextToLint,
  active: readonly ActiveRule[],
  compare: (text: string) => void | Promise<void>,
): Promise<void> {
  const before = await lint(input, active);
  if (before.findings.every((finding) => !finding.fix)) return;
  assert.ok(rule.meta.fixable, 'meta.fixable is missing in a rule that offers a fix');
  // So that one update writes the fixture and its fixed form.
  const text = markedAnew(rule, before, before.config.file.source);
  const after = await fixAll({ ...input, text }, active);
  await compare(after.text);
  assert.deepEqual(after.findings.filter((finding) => finding.fix).map(describeFinding), []);
  assert.deepEqual(after.config.file.problems, []);
  assert.ok((await syntaxFindings({ ...input, text: after.text })) <= (await syntaxFindings(input)));
}

async function syntaxFindings(input: TextToLint): Promise<number> {
  return (await lint(input, syntaxRules)).findings.length;
}

function checkFinding(rule: Rule, finding: Finding): void {
  for (const { place } of [finding, ...finding.related]) {
    assert.ok(
      0 <= place.start && place.start <= place.end && place.end <= place.file.text.length,
      'a place in its file',
    );
  }
  for (const { place, message } of finding.related) {
    assert.ok(place.start < place.end || place.end === place.file.text.length, `something stands where "${message}"`);
  }
  const placeholders = Object.values(rule.messages).flatMap((text) => text.match(/\{\{\w+\}\}/g) ?? []);
  for (const text of [finding.message, ...finding.related.map((related) => related.message)]) {
    for (const placeholder of placeholders) assert.ok(!text.includes(placeholder), `"${placeholder}" is not filled`);
    assert.doesNotMatch(text, /\bundefined\b|\[object /);
  }
}

/** With UPDATE_FIXTURES=1 the file is written instead. */
function compareFile(text: string, path: string): void {
  if (process.env['UPDATE_FIXTURES'] === '1') writeFileSync(path, text);
  assert.ok(existsSync(path), `${path} is missing; UPDATE_FIXTURES=1 writes it`);
  assert.equal(text, readFileSync(path, 'utf8'));
}

function positionOf({ place }: Finding): string {
  return `${place.file.path}:${place.file.positionAt(place.start).line}`;
}

function describeFinding(finding: Finding): string {
  return `${positionOf(finding)}: ${finding.rule}/${finding.messageId}: ${finding.message}`;
}
