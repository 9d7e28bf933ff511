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
    references: ['https://httpd.apache.org/docs/2.4/configuring.html#syntax'],
  },
  messages: { unclosed: 'The quote that opens here is never closed.' },
  check: ({ report }) => ({
    problem({ code, start, end, related, tolerated }, file) {
      if (code !== 'unclosed-quote') return;
      report({
        message: 'unclosed',
        at: { file: file.source, start, end },
        ...(tolerated && { severity: 'warning' }),
        ...(related && { related: [{ at: { file: file.source, ...related }, message: 'the server notices it here' }] }),
      });
    },
  }),
});
