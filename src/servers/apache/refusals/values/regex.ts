import { pcreFault } from '../../../../regex/fault.ts';
import type { Directive, Word } from '../../../../syntax/tree.ts';
import { refusal, wrongCount, type Fault } from '../fault.ts';

/** `pattern`: the part of the word that is compiled; the whole word by default. */
export function judgeRegex(directive: Directive, word: Word, pattern = word.value): Fault | undefined {
  const fault = pcreFault(pattern);
  return fault === undefined
    ? undefined
    : refusal(directive, `the regular expression "${pattern}" has a ${fault}`, word);
}

/** The place of the regular expression among the arguments of the directives that always take one. */
const patternAt: Readonly<Record<string, number>> = {
  aliasmatch: 0,
  directorymatch: 0,
  filesmatch: 0,
  locationmatch: 0,
  scriptaliasmatch: 0,
  browsermatch: 0,
  browsermatchnocase: 0,
  setenvif: 1,
  setenvifnocase: 1,
};

/** Arguments that those which read their line themselves need. */
const fewest: Readonly<Record<string, number>> = {
  browsermatch: 2,
  browsermatchnocase: 2,
  mutex: 1,
  setenvif: 3,
  setenvifnocase: 3,
};

export function judgePattern(directive: Directive): Fault | undefined {
  const at = patternAt[directive.key];
  const least = fewest[directive.key];
  if (least !== undefined && directive.args.length < least)
    return wrongCount(directive, `at least ${least} argument${least > 1 ? 's' : ''}`);
  const word = at === undefined ? tildePattern(directive) : directive.args[at];
  return word && judgeRegex(directive, word);
}

/** `<Location ~ "regex">`. */
function tildePattern(directive: Directive): Word | undefined {
  const takesTilde = /^(?:directory|files|location|proxy)$/.test(directive.key) && directive.block !== undefined;
  return takesTilde && directive.args[0]?.value === '~' ? directive.args[1] : undefined;
}
