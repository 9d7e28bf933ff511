import { defineRule } from '../define-rule.ts';
import { refused, reportRefusals } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A directive without its semicolon',
    why: 'The server reads the following lines as arguments of the directive and refuses the configuration, often with an error about another line, or takes them for values without a word.',
    how: 'End the directive with a semicolon.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  },
  messages: { unended: 'A ";" is missing after "{{name}}".', ...refused('missing-semicolon').messages },
  check: (context) => ({
    ...reportRefusals(context, 'missing-semicolon'),
    problem({ code, start, end, name, related }, file) {
      if (code !== 'missing-semicolon') return;
      const at = { file: file.source, start, end };
      context.report({
        message: 'unended',
        at,
        data: { name: name ?? '' },
        ...(related && { related: [{ at: { file: file.source, ...related }, message: 'the server notices it here' }] }),
        fix: { title: 'Insert ";"', edits: [{ place: at, text: ';' }] },
      });
    },
  }),
});
