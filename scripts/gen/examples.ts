/** The textbook mistake of a rule for each server, with what is said of it, and its correction: made of the fixtures. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locate } from '../../src/formatters/report.ts';
import { wrap } from '../../src/formatters/text-width.ts';
import type { Rule } from '../../src/rules/define-rule.ts';
import type { RuleExample, RuleExamples } from '../../src/rules/examples.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { commentLineStart } from '../../src/syntax/comments.ts';
import type { Dialect } from '../../src/syntax/tree.ts';
import { fixturesIn, type RuleFixture } from '../../src/testing/fixtures.ts';
import { lint } from '../../src/testing/lint.ts';

export async function examplesOf(rules: readonly Rule[]): Promise<RuleExamples> {
  const all: Record<string, readonly RuleExample[]> = {};
  for (const rule of rules) {
    const fixtures = fixturesIn(join('fixtures/rules', rule.id));
    const examples: RuleExample[] = [];
    for (const dialect of rule.meta.dialects) {
      const example = await exampleOf(
        rule,
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
  dialect: Dialect,
  fixtures: readonly RuleFixture[],
): Promise<RuleExample | undefined> {
  const candidates = fixtures
    .filter(({ kind }) => kind === 'bad')
    .map((fixture) => candidateOf(fixture, fixtures))
    .toSorted((a, b) => a.effort - b.effort);
  for (const { fixture, text, corrections } of candidates) {
    const findings = await findingsIn(rule, fixture, text);
    if (findings.length === 0) continue;
    const corrected = await firstClean(rule, fixture, corrections);
    return {
      dialect,
      settings: settingLines(fixture),
      reported: withMarks(text, findings),
      ...(corrected !== undefined && { corrected }),
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

/** Best is one mistake in a short text without special settings, beside a correction that differs in few lines. */
function candidateOf(fixture: RuleFixture, all: readonly RuleFixture[]): Candidate {
  const text = shownText(fixture.text);
  const fixed = existsSync(fixture.fixedPath) ? [shownText(readFileSync(fixture.fixedPath, 'utf8'))] : [];
  const good = all
    .filter(({ kind, settings }) => kind === 'good' && settings.chain.length === 0)
    .map((each) => shownText(each.text))
    .toSorted((a, b) => differenceOf(text, a) - differenceOf(text, b));
  const corrections = [...fixed, ...good];
  const lines = text.split('\n').length;
  const difference = corrections[0] === undefined ? lines : differenceOf(text, corrections[0]);
  const { chain, level } = fixture.settings;
  const effort =
    lines +
    (lines < 4 ? 6 : 0) +
    3 * difference +
    8 * (markersIn(fixture.text) - 1) +
    100 * settingLines(fixture).length +
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

async function findingsIn(rule: Rule, { path, dialect, settings }: RuleFixture, text: string): Promise<Finding[]> {
  const { options, targets, level, chain } = settings;
  const input = { path, text, dialect, targets, level, chain, withIncludes: true };
  const { findings } = await lint(input, [{ rule, options }]);
  return findings.filter((finding) => finding.rule === rule.id && finding.place.file.text === text);
}

/** Nothing is shown as correct of which the rule finds anything. */
async function firstClean(rule: Rule, bad: RuleFixture, texts: readonly string[]): Promise<string | undefined> {
  for (const text of texts) if ((await findingsIn(rule, bad, text)).length === 0) return text;
  return undefined;
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

/** What a fixture is linted with beside the defaults: options and target, in Markdown. */
function settingLines({ text }: RuleFixture): string[] {
  const lines = text.matchAll(/^\s*# (options|target): (.*)$/gm);
  return [...lines].map(([, kind, value]) => `the ${kind} \`${value!.trim()}\``);
}

const messageWidth = 84;

/** The text with a comment below each line in which something is found: carets under it, and the message. */
function withMarks(text: string, findings: readonly Finding[]): string {
  const written = text.split('\n');
  const lines = written.map(withoutTabs);
  const marks = new Map<number, string[]>();
  const said = new Set<string>();
  for (const { place, message } of findings) {
    const { start, end } = locate(place);
    const key = `${start.line} ${start.column} ${message}`;
    if (said.has(key)) continue;
    said.add(key);
    const line = lineOfMark(lines, start.line);
    const columnOf = (column: number): number => withoutTabs(written[start.line - 1]!.slice(0, column - 1)).length;
    const to = end.line === start.line ? columnOf(end.column) : lines[start.line - 1]!.length;
    const mark = markOf(lines[start.line - 1]!, columnOf(start.column), to, message);
    marks.set(line, [...(marks.get(line) ?? []), ...mark]);
  }
  return lines.flatMap((line, index) => [line, ...(marks.get(index + 1) ?? [])]).join('\n');
}

function withoutTabs(line: string): string {
  return line.replaceAll('\t', '    ');
}

/** A line that goes on in the next one cannot have a comment behind it. */
function lineOfMark(lines: readonly string[], line: number): number {
  let last = line;
  while (last < lines.length && lines[last - 1]!.endsWith('\\')) last++;
  return last;
}

function markOf(line: string, from: number, to: number, message: string): string[] {
  const indent = Math.max(0, Math.min(/^ */.exec(line)![0].length, from - 2));
  const lead = `${' '.repeat(indent)}#`;
  const gap = ' '.repeat(Math.max(0, from - lead.length));
  const carets = '^'.repeat(Math.max(1, to - Math.max(from, lead.length)));
  const [first, ...rest] = wrap(message, messageWidth, 0);
  const isNarrow = from + carets.length < 60;
  if (!isNarrow) return [`${lead}${gap}${carets}`, ...[first, ...rest].map((each) => `${lead} ${each}`)];
  return [
    `${lead}${gap}${carets} ${first}`,
    ...rest.map((each) => `${lead}${gap}${' '.repeat(carets.length)} ${each}`),
  ];
}
