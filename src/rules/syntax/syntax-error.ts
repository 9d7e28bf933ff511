import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A piece of the config that the server cannot read',
    why: 'The server refuses the whole configuration, or reads it in another way than it looks.',
    how: 'Write it in the form that the message names.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/beginners_guide.html#conf_structure',
      'https://httpd.apache.org/docs/2.4/configuring.html#syntax',
    ],
  },
  messages: { unreadable: '{{text}}' },
  check: ({ report }) => ({
    problem({ code, start, end, message, related, tolerated }, file) {
      if (code !== 'syntax-error') return;
      report({
        message: 'unreadable',
        at: { file: file.source, start, end },
        data: { text: message ?? 'This cannot be read.' },
        ...(tolerated && { severity: 'warning' }),
        ...(related && { related: [{ at: { file: file.source, ...related }, message: 'the server notices it here' }] }),
      });
    },
  }),
});
