/** What a value with line breaks does to a message, and what to write instead. */
import type { Edit } from '../finding.ts';
import { captureGroups, isBounded, isNamePattern } from '../../regex/captures.ts';
import { locationMatch } from '../../servers/nginx/meaning/match.ts';
import { enclosing, placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { listOf } from '../../text/words.ts';
import type { Spoiler } from './_line-breaks.ts';

export function placed(directive: Directive, word: Word, found: readonly Spoiler[]) {
  return {
    at: placeIn(directive, word),
    data: { variables: listOf(found.map(({ text }) => `"${text}"`)), value: word.value },
    related: found.flatMap(({ source }) => source.through).map((at) => ({ at, message: 'the value comes from here' })),
  };
}

export const plainPath = /^\$\{?(?:document_)?uri\}?$/;

export function encode(directive: Directive, word: Word): Edit {
  const text = word.raw.replace(/\$\{?(?:document_)?uri\b\}?(?:\$is_args\$args)?/g, '$request_uri');
  return { place: placeIn(directive, word), text };
}

/** A path that gets to the directive; none where a regular expression decides. */
export function witnessFor(directive: Directive): string | undefined {
  let path = '/';
  for (let around: Directive | undefined = directive; around; around = enclosing(around)) {
    if (around.key === 'if' || around.key === 'limit_except') return undefined;
    if (around.key !== 'location') continue;
    const { kind, pattern } = locationMatch(around);
    if (kind === 'regex' || kind === 'named' || !/^[\w/.-]+$/.test(pattern)) return undefined;
    path = pattern;
    break;
  }
  return `curl -si 'http://localhost${path}%0d%0aX-Injected:%201'`;
}

/** Whether the query of a target takes a group of the pattern that can hold line breaks. */
export function hasOpenQuery(pattern: string, target: string): boolean {
  const query = target.slice(target.indexOf('?') + 1 || target.length);
  const numbers = new Set([...query.matchAll(/\$(\d)/g)].map((reference) => Number(reference[1])));
  return captureGroups(pattern).some(
    ({ number, text }) => numbers.has(number) && !isBounded(text) && !isNamePattern(text),
  );
}
