import { commentOnItsOwn } from '../../../edits/lines.ts';
import { headerOf, placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import type { Around } from './around.ts';
import type { apacheMessages, ApacheRule } from './messages.ts';

/** What httpd refuses, or warns of, ready to be reported by its rule. */
export type Refusal<Rule extends ApacheRule = ApacheRule> = Diagnostic<typeof apacheMessages, Rule>;

/** Judges one directive as its command handler does: the server stops at the first error, so that only this is returned. */
export type Handler = (directive: Directive, around: Around) => Refusal | undefined;

/** By lower-cased name of the directive. */
export type Handlers = Readonly<Record<string, Handler>>;

/** The value of one word is not what the directive takes. `expected`: as in "a number from 1 to 9". */
export function badForm(directive: Directive, word: Word, expected: string): Refusal {
  return {
    rule: 'invalid-value',
    message: 'form',
    at: placeIn(directive, word),
    data: { name: directive.name.value, value: word.value, expected },
    ...filledIn(word),
  };
}

/** `$PORT` is how `envsubst` writes what it puts in, and no syntax of httpd: the file may be the template of one that httpd reads. */
function filledIn({ value }: Word): { readonly severity?: 'warning'; readonly confidence?: 'low' } {
  return /\$[A-Z_][A-Z\d_]*/.test(value) ? { severity: 'warning', confidence: 'low' } : {};
}

export function badChoice(directive: Directive, word: Word, allowed: readonly string[]): Refusal {
  return {
    rule: 'invalid-value',
    message: 'choice',
    at: placeIn(directive, word),
    data: { name: directive.name.value, value: word.value, allowed: listed(allowed) },
  };
}

/** The directive as a whole is refused, or one word for a reason of its own (a clause without full stop). */
export function refusal(directive: Directive, reason: string, word?: Word): Refusal {
  return {
    rule: 'invalid-value',
    message: 'refused',
    at: word ? placeIn(directive, word) : headerOf(directive),
    data: { name: directive.name.value, reason },
  };
}

/** `max`: the words from there on are too many; the place is theirs. Undefined: the directive as a whole. */
export function wrongCount(directive: Directive, expected: string, max = Infinity): Refusal {
  const extra = directive.args[max];
  const found = directive.args.some(({ value }) => value === '') ? 'an empty string' : directive.args.length;
  const comment = extra?.quote === '' && extra.value.startsWith('#') && !directive.block ? extra : undefined;
  return {
    rule: 'directive-arguments',
    message: comment ? 'comment' : 'count',
    ...(comment && {
      fix: { title: 'Put the comment on a line of its own', edits: commentOnItsOwn(directive, comment) },
    }),
    at: extra ? placeIn(directive, { start: extra.start, end: directive.args.at(-1)!.end }) : headerOf(directive),
    data: { name: directive.name.value, expected, found: found === 0 ? 'none' : found },
  };
}

/** The first refusal of some words. */
export function firstRefusal(
  words: readonly Word[],
  judge: (word: Word, index: number) => Refusal | undefined,
): Refusal | undefined {
  for (const [index, word] of words.entries()) {
    const found = judge(word, index);
    if (found) return found;
  }
  return undefined;
}

/** `"a", "b" or "c"`. */
export function listed(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)!}`;
}
