import { pcreFault } from '../../../facts/pcre.ts';
import { placeIn, type Directive, type Word } from '../../../ir/syntax.ts';
import type { Run } from './run.ts';
import { isPlaceholder } from './values.ts';

/** Checks a pattern that begins after `skip` characters of the word; false if it is no regular expression. */
export function checkRegex(run: Run, directive: Directive, word: Word, skip = 0): boolean {
  const fault = pcreFault(word.value.slice(skip));
  if (!fault || isPlaceholder(word.value)) return true;
  const data = { value: word.value, name: directive.key, fault };
  run.refusals.add('invalid-value', { message: 'regex', at: placeIn(directive, word), data });
  return false;
}
