import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A comment at the very end of the file without a line end, which older versions of libconfig refuse',
    why: 'Before 1.7.3 libconfig knows a comment only by the line end after it; sslh with an older one, such as that of Debian 12 (libconfig 1.5), stops with "syntax error".',
    how: 'End the last line with a line feed.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://github.com/hyperrealm/libconfig/blob/master/lib/scanner.l'],
  },
  messages: {
    noNewline:
      'The file ends within this comment, without a line end, which libconfig before 1.7.3 refuses (Debian 12 has 1.5).',
  },
  check: ({ report }) => ({
    file({ source, comments }) {
      // The end of a block in a document is not the end of a file.
      const last = comments.at(-1);
      if (!last || last.end < source.text.length || last.raw.startsWith('/*') || source.outer) return;
      const end = { file: source, start: last.end, end: last.end };
      report({
        message: 'noNewline',
        at: { file: source, start: last.start, end: last.end },
        fix: { title: 'Add the line end', edits: [{ place: end, text: '\n' }] },
      });
    },
  }),
});
