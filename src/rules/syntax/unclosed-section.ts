import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An httpd section is not closed, or by a closing tag of another name',
    why: 'The server refuses the whole configuration; where it does not, everything up to the end of the file belongs to the section.',
    how: 'Write the closing tag where the section ends, with the name of its opening tag.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://httpd.apache.org/docs/2.4/sections.html',
      'https://httpd.apache.org/docs/2.4/configuring.html',
    ],
  },
  messages: {
    unclosed: 'The section "<{{name}}>" is never closed.',
    mismatched: 'The section "<{{name}}>" is closed by "</{{found}}>".',
  },
  check: ({ report }) => ({
    problem({ code, start, end, name = '', found, related, tolerated }, file) {
      if (code !== 'unclosed-section') return;
      const at = { file: file.source, start, end };
      const places = related ? [{ at: { file: file.source, ...related }, message: 'the server notices it here' }] : [];
      if (found !== undefined) report({ message: 'mismatched', at, data: { name, found }, related: places });
      else
        report({ message: 'unclosed', at, data: { name }, related: places, ...(tolerated && { severity: 'warning' }) });
    },
  }),
});
