import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

/** Quotation marks that are letters to the servers. */
const letters = /[\u2018-\u201f]/;

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
    function check(directive: Directive): void {
      const word = directive.args.find(isMarked);
      if (!word) return;
      const at = placeIn(directive, word);
      const straight = word.raw.replace(/[\u201c-\u201f]/g, '"').replace(/[\u2018-\u201b]/g, "'");
      const isWhole = closed.test(word.raw);
      report({
        message: 'letters',
        at,
        data: { value: word.raw },
        ...(isWhole && { fix: { title: 'Write straight quotation marks', edits: [{ place: at, text: straight }] } }),
      });
    }

    return { directives: { '*': check } };
  },
});

/** U+2018 to U+201B are single ones, U+201C to U+201F double ones. */
const closed =
  /^(?:[\u201c-\u201f][^"\u201c-\u201f\\$]*[\u201c-\u201f]|[\u2018-\u201b][^'\u2018-\u201b\\$]*[\u2018-\u201b])$/;

/** Begins with such a mark where the server sees no quotation: in quotes they are part of a text that is shown to people. */
function isMarked({ quote, raw }: Word): boolean {
  return quote === '' && /^\(?[\u2018-\u201f]|[=~]\*?[\u201c-\u201f]/.test(raw);
}
