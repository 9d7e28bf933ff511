import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

/** Quotation marks that are letters to the servers. */
const letters = /[\u00ab\u00bb\u2018-\u201f]/;

export default defineRule({
  meta: {
    summary: 'Typographic quotation marks around a value',
    why: 'They come from a word processor or a web page, and are letters like any other to the server: the value holds them, and ends at the first space.',
    how: 'Write straight quotation marks ("), or none where the value has no space.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [letters], apache: [letters] },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/configuring.html#syntax'],
  },
  messages: {
    letters: 'The quotation marks of {{value}} are typographic ones: the server takes them for letters of the value.',
  },
  check({ report }) {
    /** From the first word that has one to that which ends with one: the several that they were to hold together. */
    function check(directive: Directive): void {
      const { args } = directive;
      const first = args.findIndex(isMarked);
      if (first === -1) return;
      const last = args.findIndex(
        ({ quote, value }, index) => index >= first && quote === '' && closing.test(value) && value.length > 1,
      );
      const at = placeIn(directive, { start: args[first]!.start, end: args[last === -1 ? first : last]!.end });
      const text = at.file.text.slice(at.start, at.end);
      const inner = text.replace(opening, '').replace(closing, '');
      const isWhole = last !== -1 && opening.test(text) && !/["\\]/.test(inner);
      report({
        message: 'letters',
        at,
        data: { value: text },
        ...(isWhole && {
          fix: { title: 'Write straight quotation marks', edits: [{ place: at, text: `"${inner}"` }] },
        }),
      });
    }

    return { directives: { '*': check } };
  },
});

const opening = /^[\u00ab\u2018-\u201f]/;
const closing = /[\u00bb\u2018\u2019\u201b-\u201d\u201f]$/;
/** Ends a word that nothing of the kind begins; an apostrophe may. */
const closingAlone = /[\u201d\u00bb]$/;

/** Where the server sees no quotation: in quotes they are part of a text that is shown to people. */
function isMarked({ quote, raw }: Word): boolean {
  return quote === '' && (/^\(?[\u00ab\u2018-\u201f]|[=~]\*?[\u201c-\u201f]/.test(raw) || closingAlone.test(raw));
}
