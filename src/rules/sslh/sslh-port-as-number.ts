import { defineRule } from '../define-rule.ts';
import { sslhConfig } from '../../servers/sslh/meaning/entries.ts';

export default defineRule({
  meta: {
    summary: 'A port is written as a number instead of a string',
    why: 'A port is looked up as a string, because it may be the name of a service: sslh takes a number for a missing port and does not start.',
    how: 'Put the port in quotes.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://github.com/yrutschle/sslh/blob/master/example.cfg'],
  },
  messages: { number: 'The port {{port}} must be a string: write "{{port}}" in quotes.' },
  check: (context) => ({
    start() {
      const { listen, protocols } = sslhConfig(context);
      for (const group of [...listen, ...protocols]) {
        const [word] = group.settings.get('port')?.args ?? [];
        if (!word || word.quote || !/^\d+$/.test(word.raw)) continue;
        const place = { file: group.block.file, start: word.start, end: word.end };
        context.report({
          message: 'number',
          at: place,
          data: { port: word.raw },
          fix: { title: 'Put the port in quotes', edits: [{ place, text: `"${word.raw}"` }] },
        });
      }
    },
  }),
});
