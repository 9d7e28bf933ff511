import { pcreFault } from '../../../regex/fault.ts';
import { captureGroups } from '../../../regex/captures.ts';
import { placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import { refuseForm } from './refuse.ts';
import type { Run } from './run.ts';
import { isPlaceholder } from '../meaning/placeholder.ts';
import { isFixed } from './variables.ts';

/** Checks a pattern that begins after `skip` characters of the word; false if it is no regular expression. */
export function checkRegex(run: Run, directive: Directive, word: Word, skip = 0): boolean {
  const pattern = word.value.slice(skip);
  const fault = pcreFault(pattern);
  if (!fault) checkGroups(run, directive, word, pattern);
  if (!fault || isPlaceholder(word.value)) return true;
  const data = { value: word.value, name: directive.key, fault };
  run.refusals.report({ rule: 'invalid-value', message: 'regex', at: placeIn(directive, word), data });
  return false;
}

/** A named group makes a variable. */
function checkGroups(run: Run, directive: Directive, word: Word, pattern: string): void {
  if (!pattern.includes('(?')) return;
  const taken = captureGroups(pattern).find(({ name }) => name !== undefined && isFixed(name.toLowerCase(), directive));
  if (taken)
    refuseForm(
      run,
      directive,
      word,
      `a pattern whose groups have names of their own: nginx itself defines "$${taken.name}"`,
    );
}
