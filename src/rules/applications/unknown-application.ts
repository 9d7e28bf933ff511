import { mistakenMentions } from '../_shared/applications/comment-signs.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A "proxylint-application" comment names no application that is known',
    why: 'The comment says nothing then, and the application is told by other signs or not at all.',
    how: 'Write the name, and the version if you like, as in "# proxylint-application: jatos 3.8.1".',
    whenOff: 'Never: correct the name in the comment, or take it away.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/proxylint/proxylint/blob/main/docs/applications/README.md'],
  },
  messages: { unknown: 'This comment names no application: {{mistake}}' },
  check: ({ config, report }) => ({
    start() {
      for (const { place, told } of mistakenMentions(config.files)) {
        report({ message: 'unknown', at: place, data: { mistake: told.endsWith('?') ? told : `${told}.` } });
      }
    },
  }),
});
