/** Checks of `name=value` parameters and words, from a table of what the directive knows. */
import type { Directive, Word } from '../../../syntax/tree.ts';
import { listWords } from './contexts.ts';
import { refuseForm, refuseParameter } from './refuse.ts';
import type { Run } from './run.ts';
import { parseNumber, parseSize, parseTime } from '../meaning/values.ts';

/** What follows the `=` of a parameter: whether it is right, and what it must be. */
export interface Form {
  readonly accepts: (text: string) => boolean;
  readonly expected: string;
}

/** Words that stand alone have no form. */
export type Parameters = Readonly<Record<string, Form | undefined>>;

const form = (expected: string, accepts: (text: string) => boolean): Form => ({ expected, accepts });

export const anyText = form('a value', () => true);
export const someText = form('a value', (text) => text !== '');
export const count = form('a whole number', (text) => !Number.isNaN(parseNumber(text)));
export const positive = form('a whole number above 0', (text) => parseNumber(text) > 0);
export const size = form('a size such as "64k" or "10m"', (text) => !Number.isNaN(parseSize(text)));
export const positiveSize = form('a size such as "64k" or "10m"', (text) => parseSize(text) > 0);
export const offset = form('a size such as "64k", "10m" or "1g"', (text) => !Number.isNaN(parseSize(text, true)));
export const time = form('a time such as "30s" or "500ms"', (text) => !Number.isNaN(parseTime(text)));
export const positiveTime = form('a time such as "30s" or "500ms"', (text) => parseTime(text) > 0);
export const seconds = form('a time such as "30s" or "10m"', (text) => !Number.isNaN(parseTime(text, true)));
export const onOff = form('"on" or "off"', (text) => text === 'on' || text === 'off');

/** `name:size`, for the shared memory of a zone; `pages` is the least number of memory pages. */
export function zone(pages: number): Form {
  const least = pages * 4096;
  return form(`"name:size" with a size of at least ${least / 1024}k`, (text) => {
    const colon = text.indexOf(':');
    return colon > 0 && parseSize(text.slice(colon + 1)) >= least;
  });
}

export function matching(expected: string, pattern: RegExp): Form {
  return form(expected, (text) => pattern.test(text));
}

/** Checks each word; keys that end in `=` are prefixes. */
export function checkParameters(run: Run, directive: Directive, words: readonly Word[], known: Parameters): void {
  for (const word of words) {
    const { value } = word;
    const equals = value.indexOf('=') + 1;
    const name = equals > 0 ? value.slice(0, equals) : value;
    if (!Object.hasOwn(known, name)) refuseParameter(run, directive, word, nameList(known));
    else {
      const wanted = known[name];
      if (wanted && !wanted.accepts(value.slice(equals)))
        refuseForm(run, directive, word, `"${name}" with ${wanted.expected}`);
    }
  }
}

function nameList(known: Parameters): string {
  return listWords(
    Object.keys(known).map((name) => `"${name}"`),
    'and',
  );
}

/** The value of a `name=value` parameter. */
export function parameter({ args }: Directive, name: string): string | undefined {
  return args.findLast(({ value }) => value.startsWith(`${name}=`))?.value.slice(name.length + 1);
}
