import { defineRule } from '../define-rule.ts';
import { noticedAt } from './_nginx/notice.ts';

export default defineRule({
  meta: {
    summary: 'Something is closed that was never opened',
    why: 'The server refuses the whole configuration; mostly a block ended earlier than its author thought.',
    how: 'Delete the closing sign or tag, or look for the block that was closed too early.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/beginners_guide.html#conf_structure',
      'https://httpd.apache.org/docs/2.4/sections.html',
    ],
  },
  messages: {
    brace: 'This "{{name}}" closes nothing.',
    tag: 'The tag "</{{name}}>" closes no section that is open here.',
  },
  check: ({ config, dialect, targets, report }) => ({
    problem({ code, start, end, name = '' }, file) {
      if (code !== 'unexpected-close') return;
      const noticed = dialect === 'nginx' ? noticedAt(config, file, targets) : undefined;
      report({
        message: dialect === 'apache' ? 'tag' : 'brace',
        at: { file: file.source, start, end },
        data: { name },
        ...(noticed &&
          noticed.start !== start && { related: [{ at: noticed, message: 'the server notices it here' }] }),
      });
    },
  }),
});
