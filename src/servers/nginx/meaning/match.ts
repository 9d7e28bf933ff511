import type { Match } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';

/** What a `location` matches; the modifier may be glued to the path. */
export function locationMatch(directive: Directive): Match {
  const [first, second] = directive.args;
  if (first && !second && first.value.startsWith('/'))
    return { kind: 'prefix', pattern: first.value, caseInsensitive: false };
  const glued = /^(=|\^~|~\*|~)?(.*)$/s.exec(first?.value ?? '')!;
  const [modifier, pattern] = second ? [first!.value, second.value] : [glued[1], glued[2]!];
  const sensitive = { pattern, caseInsensitive: false };
  if (modifier === '=') return { kind: 'exact', ...sensitive };
  if (modifier === '^~') return { kind: 'prefix-noregex', ...sensitive };
  if (modifier === '~') return { kind: 'regex', ...sensitive };
  if (modifier === '~*') return { kind: 'regex', pattern, caseInsensitive: true };
  return { kind: pattern.startsWith('@') ? 'named' : 'prefix', ...sensitive };
}

/** The condition of an `if`, or the methods that a `limit_except` lets through. */
export function conditionMatch(directive: Directive): Match {
  const pattern = directive.args.map(({ raw }) => raw).join(' ');
  return { kind: 'condition', pattern, caseInsensitive: false };
}

export interface ConditionRegex {
  /** The text that is matched, with its variables. */
  readonly subject: string;
  /** The word that holds the pattern. */
  readonly word: Word;
  readonly pattern: string;
  readonly caseInsensitive: boolean;
  /** The condition holds where the pattern does not match. */
  readonly negated: boolean;
}

/** The words of an `if` without its parentheses, each of which may stand alone; where one is missing the words are as written. */
export function conditionWords({ args }: Directive): readonly Word[] {
  const last = args.length - 1;
  const bare = args.map((word, index) => {
    let { value } = word;
    if (index === last) value = value.replace(/\)$/, '');
    if (index === 0) value = value.replace(/^\(/, '');
    return { ...word, value };
  });
  return bare.filter(({ value }, index) => value !== '' || (index > 0 && index < last));
}

/** The regular expression of an `if`; undefined for other directives and conditions. */
export function conditionRegex(directive: Directive): ConditionRegex | undefined {
  if (directive.key !== 'if') return undefined;
  const [subject, operator, word] = conditionWords(directive);
  const parsed = word ? /^(!?)~(\*?)$/.exec(operator!.value) : null;
  if (!parsed) return undefined;
  return {
    subject: subject!.value,
    word: directive.args.find(({ start }) => start === word!.start)!,
    pattern: word!.value,
    caseInsensitive: parsed[2] === '*',
    negated: parsed[1] === '!',
  };
}

export const everything: Match = { kind: 'all', pattern: '', caseInsensitive: false };
