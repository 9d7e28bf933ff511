import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Quotation marks that the server takes for letters of the value',
    why: 'Only straight quotes around a whole word are quotation marks. Typographic ones, as word processors and web pages make them, and straight ones within a word are a part of the value: of a header, a file name, an address.',
    how: 'Put straight quotes around the whole word, or leave them out.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/beginners_guide.html#conf_structure',
      'https://httpd.apache.org/docs/2.4/configuring.html#syntax',
    ],
  },
  messages: {
    typographic:
      'The quotation marks of "{{text}}" are no straight ones: the server takes them for a part of the value.',
    inside: 'The quotation marks within "{{text}}" are a part of the value: only those around a whole word are not.',
  },
  check({ report }) {
    function check(directive: Directive): void {
      for (const word of directive.args) {
        if (word.quote !== '') continue;
        const message = isTypographic(word)
          ? 'typographic'
          : isPath(directive) && hasPairInside(word)
            ? 'inside'
            : undefined;
        if (!message) continue;
        const place = placeIn(directive, word);
        const text = word.raw.replace(message === 'inside' ? /["']/g : /[“”„«»‘’‚]/g, message === 'inside' ? '' : '"');
        report({
          message,
          at: place,
          data: { text: word.value },
          ...(isWhole(text) && { fix: { title: 'Write straight quotes', edits: [{ place, text }] } }),
        });
      }
    }

    return { directives: { '*': check } };
  },
});

/** Begins or ends with one, as a word that somebody meant to quote does. */
function isTypographic({ raw }: Word): boolean {
  return /^[“„«‘‚]|[”»]$/.test(raw);
}

/** Elsewhere quotes may be meant: in headers such as Alt-Svc, in HTML, in formats and patterns. */
const paths =
  /_pass$|^(?:root|alias|include|pid|try_files|index|error_page|listen|server_name|server|auth_basic_user_file)$|^ssl_(?:trusted_|client_)?certificate(?:_key)?$|_log$|^(?:documentroot|serverroot|alias|scriptalias|proxypass|proxypassreverse|servername|serveralias|errorlog|customlog|transferlog|directoryindex|balancermember)$|^ssl\w*certificate\w*file$/;

function isPath({ key }: Directive): boolean {
  return paths.test(key);
}

/** Not in a regular expression, and no apostrophe alone. */
function hasPairInside({ raw }: Word): boolean {
  return !raw.startsWith('~') && /(["']).*\1/.test(raw.slice(1));
}

/** What a fix may write: one word, with quotes around it or none. */
function isWhole(text: string): boolean {
  return /^(?:"[^"\s]*"|[^"'\s]+)$/.test(text);
}
