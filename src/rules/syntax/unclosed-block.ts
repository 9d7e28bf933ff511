import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A block is never closed',
    why: 'The server refuses the whole configuration, and everything after the opening brace is read as part of the block.',
    how: 'Close the block where it should end.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  },
  messages: { unclosed: 'The block "{{name}}" is never closed.' },
  check: ({ report }) => ({
    problem(problem, file) {
      if (problem.code !== 'unclosed-block') return;
      report({
        message: 'unclosed',
        at: { file: file.source, start: problem.start, end: problem.end },
        data: { name: problem.name ?? '' },
        ...(problem.related && {
          related: [{ at: { file: file.source, ...problem.related }, message: 'the server notices it here' }],
        }),
      });
    },
  }),
});
