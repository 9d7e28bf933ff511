/** Letters that look like those nginx knows: blanks and quotes of word processors, and the comments of other languages. */
import { placeIn, type Directive } from '../../../syntax/tree.ts';
import type { Run } from './run.ts';

const invisible: readonly (readonly [pattern: RegExp, name: string, replacement: string])[] = [
  [/\u00A0|\u202F|\u2007/g, 'no-break space', ' '],
  [/[\u2000-\u2006\u2008-\u200A\u3000]/g, 'space of another width', ' '],
  [/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, 'letter without width', ''],
];

/** A name that no directive has because of a letter in it; false for any other. */
export function refuseSlip({ refusals }: Run, directive: Directive): boolean {
  const { name } = directive;
  const at = placeIn(directive, name);
  const sign = /^(?:\/\/|\/\*|--|;|!|%)/.exec(name.value)?.[0];
  if (sign && name.quote === '') {
    refusals.report({ rule: 'unknown-directive', message: 'comment', at, data: { sign } });
    return true;
  }
  for (const [pattern, character, replacement] of invisible) {
    const text = name.raw.replace(pattern, replacement);
    if (text === name.raw) continue;
    const fix = { title: 'Write plain blanks', edits: [{ place: at, text }] };
    const data = { name: name.value, character };
    refusals.report({ rule: 'unknown-directive', message: 'invisible', at, data, fix });
    return true;
  }
  return false;
}

/** Double, single and angle quotes. */
const opening = /^[\u2018\u201A-\u201F\u00AB\u2019]/;
const closing = /[\u2018\u2019\u201C\u201D\u201F\u00BB]$/;

/** A directive with too many words because its quotes are not those of nginx. */
export function refuseQuotes({ refusals }: Run, directive: Directive): boolean {
  const { args } = directive;
  const first = args.find(({ raw, quote }) => quote === '' && opening.test(raw));
  if (!first) return false;
  const last = args.find((word) => word.start >= first.start && word.quote === '' && closing.test(word.raw)) ?? first;
  const at = placeIn(directive, { start: first.start, end: last.end });
  const text = at.file.text.slice(at.start, at.end);
  const inner = text.replace(opening, '').replace(closing, '');
  const fix = { title: 'Write straight quotes', edits: [{ place: at, text: `"${inner}"` }] };
  const data = { value: text };
  refusals.report({ rule: 'invalid-value', message: 'quotes', at, data, ...(!/["\\]/.test(inner) && { fix }) });
  return true;
}
