// @ts-check
import { defineRule } from 'proxylint';

const forbidDirective = defineRule({
  meta: {
    summary: 'A directive that this team does not use',
    why: 'The team agreed to do without it.',
    how: 'Leave it out, or use what the message names.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/proxylint/proxylint/tree/main/examples/plugin-forbid-directive'],
    options: {
      directives: {
        type: 'object',
        additionalProperties: { type: 'string' },
        default: {},
        description: 'What to use instead, by the name of the directive; for httpd in lower case.',
      },
    },
  },
  messages: { forbidden: 'The directive "{{name}}" is not used here; use {{instead}}.' },
  check: ({ options, report }) => ({
    directives: {
      '*': (directive) => {
        if (!Object.hasOwn(options.directives, directive.key)) return;
        const instead = options.directives[directive.key] ?? 'another';
        report({ message: 'forbidden', at: directive, data: { name: directive.name.value, instead } });
      },
    },
  }),
});

/** @satisfies {import('proxylint').Plugin} */
const plugin = { name: 'team', rules: { 'forbid-directive': forbidDirective } };

export default plugin;
