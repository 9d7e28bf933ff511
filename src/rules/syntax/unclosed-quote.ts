import type { Fix } from '../finding.ts';
import type { SourceFile } from '../../text/source.ts';
import type { Dialect } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A quoted string is never closed',
    why: 'nginx and sslh refuse the whole configuration; Apache takes all up to the end of the line as one argument.',
    how: 'Close the quote where the string should end, or escape a quotation mark that is meant literally.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/configuring.html#syntax'],
  },
  messages: { unclosed: 'The quote that opens here is never closed.' },
  check: ({ dialect, report }) => ({
    problem({ code, start, end, related, tolerated }, file) {
      if (code !== 'unclosed-quote') return;
      report({
        message: 'unclosed',
        at: { file: file.source, start, end },
        ...(tolerated && { severity: 'warning' }),
        ...fixOf(dialect, file.source, start),
        ...(related && { related: [{ at: { file: file.source, ...related }, message: 'the server notices it here' }] }),
      });
    },
  }),
});

/** Where a line may end behind the string: `;`, `{`, or in httpd the line or the `>` of a section by itself. */
const ends: Readonly<Record<Dialect, RegExp>> = {
  nginx: /(?:(?<![ \t])[ \t]*[;{]|\)[ \t]*\{)[ \t]*(?:#.*)?$/,
  apache: /(?<![ \t])[ \t]*(?:>[ \t]*)?$/,
  sslh: /(?<![ \t])[ \t]*(?:;[ \t]*)?(?:#.*)?$/,
};

/** The string most likely ends with its line. Undefined where the line has the same sign once more. */
function fixOf(dialect: Dialect, source: SourceFile, start: number): { readonly fix?: Fix } {
  const { text } = source;
  const quote = text[start]!;
  const line = /^[^\r\n]*/.exec(text.slice(start + 1))![0];
  const end = ends[dialect].exec(line)?.index;
  if (end === undefined || end === 0 || line.includes(quote)) return {};
  const at = start + 1 + end;
  return {
    fix: {
      title: 'Close the quote',
      safety: 'unsafe',
      edits: [{ place: { file: source, start: at, end: at }, text: quote }],
    },
  };
}
