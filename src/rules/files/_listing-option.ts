/** The option of httpd that lists folders. */
import type { Edit } from '../finding.ts';
import type { Scope } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { passKeys } from '../../servers/nginx/meaning/pass.ts';

export function placeOf({ parent: { owner } }: Directive): string {
  return owner ? `this ${owner.key}` : 'this place';
}

/** `All` holds `Indexes`; a later word takes back what an earlier one adds. */
export function listingOption({ args }: Directive): Word | undefined {
  const last = args.findLast(({ value }) => /^(?:[+-]?indexes|all)$/i.test(value));
  return last?.value.startsWith('-') ? undefined : last;
}

/** `+Indexes` adds to what the level above says, `Indexes` alone is one of a list that replaces it. */
export function turnOff(directive: Directive, word: Word): Edit {
  const place = placeIn(directive, word);
  if (/^all$/i.test(word.value)) return { place: { ...place, start: place.end }, text: ' -Indexes' };
  if (word.value.startsWith('+')) return { place, text: '-Indexes' };
  if (directive.key === 'autoindex') return { place, text: 'off' };
  const next = directive.args[directive.args.indexOf(word) + 1];
  if (next) return { place: { ...place, end: next.start }, text: '' };
  const previous = directive.args.at(-2);
  return previous ? { place: { ...place, start: previous.end }, text: '' } : { place, text: 'None' };
}

/** Something here is more than a store of files: an application, or pages with an index. */
export function servesPages(scope: Scope): boolean {
  return [...passKeys, 'try_files'].some((key) => scope.own(key).length > 0);
}
