import { isCutShort } from '../../ir/excerpt.ts';
import { defineRule } from '../define-rule.ts';
import { noticedAt } from './_nginx/notice.ts';

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
  check: ({ config, dialect, targets, report }) => ({
    problem(problem, file) {
      if (problem.code !== 'unclosed-block' || isCutShort(file, problem)) return;
      const at =
        dialect === 'nginx'
          ? noticedAt(config, file, targets)
          : problem.related && { file: file.source, ...problem.related };
      report({
        message: 'unclosed',
        at: { file: file.source, start: problem.start, end: problem.end },
        data: { name: problem.name ?? '' },
        ...(at && { related: [{ at, message: 'the server notices it here' }] }),
      });
    },
  }),
});
