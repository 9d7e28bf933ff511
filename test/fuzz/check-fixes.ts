import { DamageCounter } from '../../src/fix/damage.ts';
import { fixRepeatedly, type FixOutcome, type Look } from '../../src/fix/passes.ts';
import { normalize } from '../../src/text/paths.ts';
import type { LintResult } from '../../src/lint/lint-source.ts';
import type { FuzzCase } from './case.ts';
import { FuzzFailure } from './failure.ts';

type Lint = (input: FuzzCase) => Promise<LintResult>;

/** Applies all fixes: a second time there is nothing left to change, and the line ends stay as they were. */
export async function checkFixes(input: FuzzCase, lint: Lint): Promise<void> {
  const fixed = textAfter(input, await fixAll(input, lint));
  if (fixed === input.text) return;
  const again = { ...input, text: fixed };
  const twice = textAfter(again, await fixAll(again, lint));
  if (twice !== fixed) throw new FuzzFailure('fix', `a second run changes more: ${difference(fixed, twice)}`);
  if (isCrlf(input.text) && /(?<!\r)\n/.test(fixed))
    throw new FuzzFailure('fix', 'a line feed in a text of CRLF lines');
  if (!input.text.includes('\r') && fixed.includes('\r'))
    throw new FuzzFailure('fix', 'a carriage return that was not there');
}

function fixAll(input: FuzzCase, lint: Lint): Promise<FixOutcome<Look>> {
  return fixRepeatedly({
    canonical: normalize,
    unsafe: true,
    mayEdit: ({ path, outer }) => outer?.kind !== 'dump' && normalize(outer?.path ?? path) === normalize(input.path),
    look: async (texts) => {
      const result = await lint({ ...input, text: texts.get(normalize(input.path)) ?? input.text });
      const counter = new DamageCounter(normalize);
      const main = result.files[0];
      if (main) counter.add(main, result);
      return { findings: result.findings, damage: counter.damage };
    },
  });
}

function textAfter(input: FuzzCase, { files }: FixOutcome<Look>): string {
  return files.find(({ path }) => normalize(path) === normalize(input.path))?.text ?? input.text;
}

function isCrlf(text: string): boolean {
  return text.includes('\r\n') && !/(?<!\r)\n/.test(text);
}

function difference(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at]) at++;
  return `${JSON.stringify(a.slice(Math.max(0, at - 20), at + 40))} becomes ${JSON.stringify(b.slice(Math.max(0, at - 20), at + 40))}`;
}
