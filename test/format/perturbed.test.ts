/** However the white space of a config was, its layout keeps the words, a second run changes nothing, and a range changes no more. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { formatText } from '../../src/format/format-text.ts';
import type { FormatOptions } from '../../src/format/options.ts';
import { tokensOf } from '../../src/format/tokens.ts';
import { loadParser } from '../../src/servers/index.ts';
import { dialects, type ConfigFile } from '../../src/syntax/tree.ts';
import { SourceFile } from '../../src/text/source.ts';
import { fixtureFolders, fixturesOf } from '../helpers/fixtures.ts';
import { wordsOf } from '../helpers/words.ts';
import { formatVariants } from '../oracle/lib/format-proof.ts';
import { Random } from '../oracle/lib/random.ts';

/** Of how many fixtures one is played. */
const step = 12;
const blanks = [' ', '  ', '\t', '     '];

/** The text with other white space between its tokens, where that says nothing. */
function perturbed(file: ConfigFile, random: Random): string {
  const { text } = file.source;
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, kind } of tokensOf(file)) {
    const gap = text.slice(at, start);
    const isFree = /^[ \t\r\n]+$/.test(gap) && text[at - 1] !== '\\' && random.below(2) === 0;
    pieces.push(isFree ? otherGap(gap, file.dialect === 'apache' || kind === 'comment', random) : gap);
    pieces.push(text.slice(start, end));
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

function otherGap(gap: string, isLine: boolean, random: Random): string {
  const blank = random.pick(blanks)!;
  if (!gap.includes('\n')) return !isLine && random.below(5) === 0 ? `\n${blank}` : blank;
  return gap.replace(/[ \t]*$/, random.below(2) === 0 ? blank : '') + (isLine || random.below(6) > 0 ? '' : '\n\n\n');
}

test.each(dialects)('%s', async (dialect) => {
  const random = new Random(20_262);
  const parse = await loadParser(dialect);
  const parsed = (text: string): ConfigFile => parse(new SourceFile('a.conf', text));
  const wrong: string[] = [];
  let changed = 0;
  const fixtures = fixtureFolders()
    .flatMap(fixturesOf)
    .filter((fixture) => fixture.dialect === dialect);
  for (const { path } of fixtures.filter((_, index) => index % step === 0)) {
    const before = perturbed(parsed(readFileSync(path, 'utf8')), random);
    const options: FormatOptions = random.pick(formatVariants)!;
    const format = (text: string, more: object = {}): ReturnType<typeof formatText> =>
      formatText('a.conf', text, { dialect, options, ...more });
    const { text, faults } = await format(before);
    if (faults.length > 0) continue;
    changed++;
    const words = wordsOf(parsed(before)).join('\n');
    if (wordsOf(parsed(text)).join('\n') !== words) wrong.push(`${path}: other words`);
    if ((await format(text)).edits.length > 0) wrong.push(`${path}: a second run changes it`);
    const start = 1 + random.below(before.split('\n').length);
    const part = await format(before, { range: { start, end: start + 2 } });
    if (wordsOf(parsed(part.text)).join('\n') !== words) wrong.push(`${path}: other words by a range`);
  }
  expect(wrong).toEqual([]);
  expect(changed).toBeGreaterThan(fixtures.length / step / 2);
});
