/** Every config that a rule's page shows, linted as a reader would lint it: with the other files and settings that the page names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dialectNames } from '../../scripts/gen/pages.ts';
import { parseTargets } from '../../src/cli/options.ts';
import { locate } from '../../src/formatters/report.ts';
import type { Rule } from '../../src/rules/define-rule.ts';
import { markLine } from '../../src/rules/examples.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { dialects, type Dialect } from '../../src/syntax/tree.ts';
import { lint } from '../../src/testing/lint.ts';
import { folder } from '../helpers/run-cli.ts';

interface Block {
  readonly kind: 'Reported' | 'Not reported' | 'Included' | 'On the same machine';
  /** Behind the kind, up to the colon: the settings, or the name of the file. */
  readonly told: string;
  readonly text: string;
}

interface Section {
  readonly dialect: Dialect;
  readonly blocks: readonly Block[];
}

const heading = /^## Example for (.*)$/m;
const shown = /^(Reported|Not reported|Included|On the same machine)(.*):\n\n(`{3,4})\w*\n([^]*?\n)\3$/gm;

function sectionsOf(page: string): Section[] {
  const [, ...parts] = page.split(heading);
  return parts.flatMap((name, index) => {
    if (index % 2 === 1) return [];
    const blocks = [...parts[index + 1]!.split(/^## /m)[0]!.matchAll(shown)].map(([, kind, told, , text]): Block => ({
      kind: kind as Block['kind'],
      told: told!,
      text: text!,
    }));
    return { dialect: dialects.find((each) => dialectNames[each] === name)!, blocks };
  });
}

interface Found {
  readonly line: number;
  readonly column: number;
}

/** Where the rule finds something in a block, once a place and message. */
async function findingsIn(rule: Rule, { dialect, blocks }: Section, { text }: Block): Promise<Found[]> {
  const settings = blocks[0]!.told;
  const options = /the options `(.*?)`/.exec(settings)?.[1];
  const target = /the target `(.*?)`/.exec(settings)?.[1];
  const beside = new Set([...settings.matchAll(/the rule `(.*?)`/g)].map(([, id]) => id!));
  const name = /the name `(.*?)`/.exec(settings)?.[1] ?? `site.${dialect}.conf`;
  const others = blocks.filter(({ kind }) => kind === 'Included' || kind === 'On the same machine');
  const nameOf = (block: Block): string => /`(.*)`/.exec(block.told)![1]!;
  const base = folder(Object.fromEntries([[name, text], ...others.map((each) => [nameOf(each), each.text])]));
  const { findings } = await lint(
    {
      path: join(base, name),
      text,
      dialect,
      withIncludes: true,
      targets: parseTargets(target === undefined ? [] : [target]),
      chain: others.filter(({ kind }) => kind === 'On the same machine').map((each) => join(base, nameOf(each))),
    },
    rules
      .filter(
        (each) => each === rule || beside.has(each.id) || (each.meta.set === 'recommended' && text.includes(each.id)),
      )
      .map((each) => ({ rule: each, ...(each === rule && options !== undefined && { options: JSON.parse(options) }) })),
  );
  const found = new Map<string, Found>();
  for (const finding of findings) {
    if (finding.rule !== rule.id || finding.place.file.text !== text) continue;
    const { line, column } = locate(finding.place).start;
    found.set(`${line}:${column} ${finding.message}`, { line, column });
  }
  return [...found.values()];
}

/** The columns of the carets in the comments that come next below a line. */
function marksBelow(lines: readonly string[], line: number): number[] {
  let next = line;
  while (next < lines.length && !markLine.test(lines[next]!)) next++;
  const columns: number[] = [];
  for (; next < lines.length && lines[next]!.trimStart().startsWith('#'); next++)
    if (markLine.test(lines[next]!)) columns.push(lines[next]!.indexOf('^') + 1);
  return columns;
}

/** What no block can show. */
const withoutExample: Readonly<Record<string, string>> = {
  'libconfig-final-newline': 'a file that ends without a line break',
};

const pages = rules.map((rule) => ({
  id: rule.id,
  rule,
  sections: sectionsOf(readFileSync(`docs/rules/${rule.id}.md`, 'utf8')),
}));

describe('what the page of a rule shows', () => {
  test.each(pages)('$id', async ({ id, rule, sections }) => {
    const expected = id in withoutExample ? [] : rule.meta.dialects;
    expect(sections.map(({ dialect }) => dialect)).toEqual(expected);
    for (const section of sections) {
      const [reported, ...others] = section.blocks;
      expect(reported!.kind).toBe('Reported');
      const found = await findingsIn(rule, section, reported!);
      const lines = reported!.text.split('\n');
      expect(found.length).toBeGreaterThan(0);
      expect(lines.filter((line) => markLine.test(line))).toHaveLength(found.length);
      // A comment sign takes the first column.
      for (const { line, column } of found) expect(marksBelow(lines, line)).toContain(Math.max(2, column));
      for (const block of others.filter(({ kind }) => kind === 'Not reported'))
        expect(await findingsIn(rule, section, block), block.text).toEqual([]);
    }
  });
});
