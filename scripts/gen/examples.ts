/** The textbook mistake of a rule for each server, with what is said of it, and its correction: made of the fixtures. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Rule } from '../../src/rules/define-rule.ts';
import type { RuleExample, RuleExamples, ShownFile } from '../../src/rules/examples.ts';
import { commentLineStart } from '../../src/syntax/comments.ts';
import { dialects, type Dialect } from '../../src/syntax/tree.ts';
import { fixturesIn, type RuleFixture } from '../../src/testing/fixtures.ts';
import { lint, type Linted } from '../../src/testing/lint.ts';
import { withMarks } from './example-marks.ts';

export async function examplesOf(rules: readonly Rule[]): Promise<RuleExamples> {
  const all: Record<string, readonly RuleExample[]> = {};
  for (const rule of rules) {
    const fixtures = fixturesIn(join('fixtures/rules', rule.id));
    const examples: RuleExample[] = [];
    for (const dialect of rule.meta.dialects) {
      const example = await exampleOf(
        rule,
        rules,
        dialect,
        fixtures.filter((fixture) => fixture.dialect === dialect),
      );
      if (example) examples.push(example);
    }
    all[rule.id] = examples;
  }
  return all;
}

async function exampleOf(
  rule: Rule,
  all: readonly Rule[],
  dialect: Dialect,
  fixtures: readonly RuleFixture[],
): Promise<RuleExample | undefined> {
  const candidates = fixtures
    .filter(({ kind }) => kind === 'bad')
    .map((fixture) => candidateOf(fixture, fixtures))
    .toSorted((a, b) => a.effort - b.effort);
  for (const { fixture, text, corrections } of candidates) {
    const linted = await lintShown(rule, all, fixture, text);
    if (linted.findings.length === 0) continue;
    const corrected = await firstClean(rule, all, fixture, corrections);
    const others = othersOf(fixture, corrected ? [linted, corrected.linted] : [linted]);
    return {
      dialect,
      settings: settingLines(fixture, all),
      reported: withMarks(text, linted.findings, linted.config.file.root),
      ...(corrected && { corrected: corrected.text }),
      ...(others.length > 0 && { others }),
    };
  }
  return undefined;
}

/** A mistake that could be shown. */
interface Candidate {
  readonly fixture: RuleFixture;
  readonly text: string;
  /** What could be shown as its correction, the best first: what the fix makes of it, then what is similar. */
  readonly corrections: readonly string[];
  /** The lower, the better it shows what the rule is about. */
  readonly effort: number;
}

/** What is not shown may hold anything, so it teaches little. */
function penaltyOf(name: string, text: string): number {
  return (name.startsWith('good-textbook.') ? -1000 : 0) + (/^\s*@?include/im.test(text) ? 20 : 0);
}

/** Best is one mistake in a short text without special settings, beside a correction that differs in few lines. */
function candidateOf(fixture: RuleFixture, all: readonly RuleFixture[]): Candidate {
  const text = shownText(fixture.text);
  const fixed = existsSync(fixture.fixedPath) ? [shownText(readFileSync(fixture.fixedPath, 'utf8'))] : [];
  const good = all
    .filter(({ kind, settings }) => kind === 'good' && settings.chain.length === 0)
    .map(({ name, ...each }) => ({ name, each: shownText(each.text) }))
    .map(({ name, each }) => ({ each, effort: differenceOf(text, each) + penaltyOf(name, each) }))
    .toSorted((a, b) => a.effort - b.effort)
    .map(({ each }) => each);
  const corrections = [...fixed, ...good];
  const lines = text.split('\n').length;
  const difference = corrections[0] === undefined ? lines : differenceOf(text, corrections[0]);
  const { chain, level } = fixture.settings;
  const effort =
    lines +
    (lines < 4 ? 6 : 0) +
    3 * difference +
    8 * (markersIn(fixture.text) - 1) +
    100 * settingLines(fixture, []).length +
    (chain.length > 0 ? 100 : 0) +
    (level === undefined ? 0 : 10) -
    (fixture.name.startsWith('bad-textbook.') ? 1000 : 0);
  return { fixture, text, corrections, effort };
}

function markersIn(text: string): number {
  return text
    .split('\n')
    .filter((line) => markerLine.test(line))
    .reduce((count, line) => count + line.split(/[:,]/).length - 1, 0);
}

/** As a reader of the page would lint it: at the level that the text is taken for, with the other files that it needs. */
async function lintShown(
  rule: Rule,
  all: readonly Rule[],
  { path, dialect, settings }: RuleFixture,
  text: string,
): Promise<Linted> {
  const { options, targets, chain, beside } = settings;
  const others = all.filter(({ id }) => beside.includes(id)).map((each) => ({ rule: each }));
  const input = { path, text, dialect, targets, chain, withIncludes: true };
  const { config, findings } = await lint(input, [{ rule, options }, ...others]);
  const folder = `${dirname(path)}/`;
  return {
    config,
    findings: findings
      .filter((finding) => finding.rule === rule.id && finding.place.file.text === text)
      .map((finding) => ({ ...finding, message: finding.message.replaceAll(folder, '') })),
  };
}

/** Nothing is shown as correct of which the rule finds anything. */
async function firstClean(
  rule: Rule,
  all: readonly Rule[],
  bad: RuleFixture,
  texts: readonly string[],
): Promise<{ readonly text: string; readonly linted: Linted } | undefined> {
  for (const text of texts) {
    const linted = await lintShown(rule, all, bad, text);
    if (linted.findings.length === 0) return { text, linted };
  }
  return undefined;
}

/** The files that are included, and those of servers in front or behind. */
function othersOf({ path, dialect, settings }: RuleFixture, linted: readonly Linted[]): ShownFile[] {
  const folder = dirname(path);
  const included = linted.flatMap(({ config }) =>
    config.files.filter(({ source }) => source !== config.file.source).map(({ source }) => source),
  );
  const others = new Map<string, ShownFile>();
  const add = (at: string, of: Dialect, text: string, isBeside: boolean): void => {
    others.set(at, { name: relative(folder, at), dialect: of, text: shownText(text), isBeside });
  };
  for (const { path: at, text } of included) add(at, dialect, text, false);
  for (const at of settings.chain)
    add(
      at,
      dialects.find((each) => at.includes(each))!,
      readFileSync(at, 'utf8'),
      true,
    );
  return [...others.values()];
}

/** How many lines only one of the texts has. */
function differenceOf(a: string, b: string): number {
  const [left, right] = [linesOf(a), linesOf(b)];
  return [...left].filter((line) => !right.has(line)).length + [...right].filter((line) => !left.has(line)).length;
}

function linesOf(text: string): Set<string> {
  return new Set(text.split('\n').map((line) => line.trim()));
}

const markerLine = new RegExp(String.raw`^${commentLineStart}expect-(?:next-)?line\b`);
const harnessLine = new RegExp(
  String.raw`^${commentLineStart}(?:expect-(?:next-)?line\b.*|(?:options|target|level|beside|chain): .*)$`,
);

function shownText(fixture: string): string {
  const lines = fixture.replaceAll('\r', '').split('\n');
  return `${lines
    .filter((line) => !harnessLine.test(line))
    .join('\n')
    .trim()}\n`;
}

/** What a fixture is linted with beside the defaults, in Markdown: options, target, other rules, and its name where it speaks of itself. */
function settingLines({ text, name, settings: { beside } }: RuleFixture, rules: readonly Rule[]): string[] {
  const lines = [...text.matchAll(/^\s*# (options|target): (.*)$/gm)];
  const settings = lines.map(([, kind, value]) => `the ${kind} \`${value!.trim()}\``);
  for (const { id, meta } of rules)
    if (beside.includes(id) && meta.set !== 'recommended') settings.push(`the rule \`${id}\``);
  return text.includes(name) ? [...settings, `the name \`${name}\``] : settings;
}
