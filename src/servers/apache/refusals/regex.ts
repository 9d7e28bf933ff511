import { pcreFault } from '../../../regex/fault.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { refusal, type Refusal } from './refusal.ts';

/** `pattern`: the part of the word that is compiled; the whole word by default. */
export function judgeRegex(directive: Directive, word: Word, pattern = word.value): Refusal | undefined {
  const fault = pcreFault(pattern);
  return fault === undefined
    ? undefined
    : refusal(directive, `the regular expression "${pattern}" has a ${fault}`, word);
}

/** Of a directive that always takes a regular expression as the argument of this index. */
export function judgeRegexAt(directive: Directive, index: number): Refusal | undefined {
  const word = directive.args[index];
  return word && judgeRegex(directive, word);
}
