import { placeIn } from '../../syntax/tree.ts';
import { sslhConfig, stringsIn } from '../../servers/sslh/meaning/entries.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A host name with capital letters in sni_hostnames, which no client asks for',
    why: 'sslh compares the names letter by letter, and browsers send them in lower case: the entry never takes a connection, which goes to the next one.',
    how: 'Write the name in lower case.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  messages: {
    capitals: 'No client asks for "{{name}}": names are compared with their case, and clients send lower case.',
  },
  check: (context) => ({
    start() {
      for (const entry of sslhConfig(context).protocols) {
        for (const { value, word, directive } of stringsIn(entry, 'sni_hostnames')) {
          const lower = value.toLowerCase();
          // Of a set of letters, `[Aa]`, one may be the small one.
          if (lower === value || value.includes('[')) continue;
          const at = placeIn(directive, word);
          const isWhole = directive.args.length === 1;
          const fix = { title: `Write "${lower}"`, edits: [{ place: at, text: word.raw.toLowerCase() }] };
          context.report({ message: 'capitals', at, data: { name: value }, ...(isWhole && { fix }) });
        }
      }
    },
  }),
});
