import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { moreHeaderWords } from '../../servers/nginx/meaning/more-headers.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A header value with a line break in it',
    why: 'nginx sends the line break as it is written. HTTP/2 and HTTP/3 clients reject such a response, and over HTTP/1.1 the rest of the value is another, broken header line.',
    how: 'Write the value on one line; build a long one from variables (set, map).',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://www.rfc-editor.org/rfc/rfc9112#section-5.2',
      'https://www.rfc-editor.org/rfc/rfc9113#section-8.2.1',
    ],
  },
  messages: {
    lineBreak: 'The value of "{{header}}" holds a line break, which "{{directive}}" sends as it is.',
  },
  check({ report }) {
    function check(directive: Directive, word: Word | undefined, header: string | undefined): void {
      if (!word || !/[\r\n]/.test(word.value)) return;
      report({
        message: 'lineBreak',
        at: placeIn(directive, word),
        data: { header: header ?? headerIn(word), directive: directive.name.value },
        fix: {
          title: 'Write the value on one line',
          edits: [
            { place: placeIn(directive, word), text: word.raw.replace(/(?<![ \t])[ \t]*(?:\r?\n[ \t]*)+/g, ' ') },
          ],
        },
      });
    }

    const named = (directive: Directive): void => check(directive, directive.args[1], directive.args[0]?.value);
    const every = (directive: Directive): void =>
      moreHeaderWords(directive).forEach((word) => check(directive, word, undefined));
    return {
      directives: {
        add_header: named,
        add_trailer: named,
        proxy_set_header: named,
        grpc_set_header: named,
        more_set_headers: every,
        more_set_input_headers: every,
      },
    };
  },
});

/** `more_set_headers` has the name inside the word. */
function headerIn({ value }: Word): string {
  return /^\s*([\w-]+)\s*:/.exec(value)?.[1] ?? value.split('\n')[0]!;
}
